import { describe, expect, test } from 'vitest';
import { isRunHistory, parseRunHistory } from './run-history';

const metrics = { loss: 0.5, accuracy: 0.75, precision: null };
const good = {
  format: 'layerlab-history',
  version: 1,
  by: 'PyTorch 1.13.1, 2 processes',
  experiment: {
    data: { source: { sample: 'xor' } },
    network: { layers: [{ kind: 'dense', units: 1, activation: 'sigmoid' }] },
  },
  epoch: 1,
  step: 8,
  outcome: 'finished',
  best: { epoch: 1, loss: 0.5, part: 'dev' },
  history: [
    { epoch: 0, step: 0, train: metrics, dev: metrics },
    { epoch: 1, step: 8, train: metrics, dev: metrics, learningRate: 0.1, gradientNorm: 2 },
  ],
  evaluations: { train: metrics, dev: metrics, test: null },
};

describe('the history of a run that was trained elsewhere', () => {
  test('comes with its document, every figure that was measured, and null for the others', () => {
    const text = JSON.stringify(good);
    expect(isRunHistory(text)).toBe(true);
    const parsed = parseRunHistory(text, 'history.json');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.value).toMatchObject({ by: good.by, epoch: 1, step: 8, outcome: 'finished', best: good.best });
    expect(parsed.value.experiment.training.epochs).toBeGreaterThan(0);
    expect(parsed.value.records[1]).toMatchObject({ learningRate: 0.1, gradientNorm: 2 });
    expect(parsed.value.records[0]?.train).toMatchObject({ loss: 0.5, accuracy: 0.75, precision: null, r2: null });
    expect(parsed.value.evaluations?.test).toBeNull();
  });

  test.each([
    ['cut short', JSON.stringify(good).slice(0, 300), 'history/damaged'],
    ['of a later version', JSON.stringify({ ...good, version: 2 }), 'history/damaged'],
    ['without a document', JSON.stringify({ ...good, experiment: 7 }), 'experiment/not-an-object'],
    [
      'with a loss of text',
      JSON.stringify({ ...good, history: [{ epoch: 0, step: 0, train: { loss: 'x' } }] }),
      'experiment/history',
    ],
    ['with epochs that fall', JSON.stringify({ ...good, history: [...good.history].reverse() }), 'experiment/order'],
    ['with an unknown end', JSON.stringify({ ...good, outcome: 'exploded' }), 'experiment/history'],
  ])('%s is refused by file and place', (_what, text, code) => {
    const parsed = parseRunHistory(text, 'history.json');
    expect(parsed.ok ? 'ok' : parsed.problems[0]?.code).toBe(code);
    if (!parsed.ok) expect(parsed.problems.every(({ file }) => file === 'history.json')).toBe(true);
  });

  test('other JSON is none', () => {
    expect(isRunHistory('{ "format": "layerlab-experiment" }')).toBe(false);
    expect(isRunHistory('[1]')).toBe(false);
  });
});
