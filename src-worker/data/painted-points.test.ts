import { describe, expect, test } from 'vitest';
import { loadData, prepare, type PreparedData } from '.';
import type { PaintedPoints } from '../experiment/document';
import { defaultDataSpec } from '../experiment/defaults';

async function prepared(points: PaintedPoints): Promise<PreparedData> {
  const spec = defaultDataSpec({ points });
  const loaded = await loadData(spec, [], []);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  const outcome = prepare(loaded.value, spec);
  if (!outcome.ok) throw new Error(outcome.problems[0]!.message);
  return outcome.value;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

describe('painted points', () => {
  test('of classes', async () => {
    const target = range(30).map((n) => (n % 2 === 0 ? 'red' : 'blue'));
    const { summary } = await prepared({ task: 'classes', x: range(30).map((n) => n / 7), y: range(30), target });
    expect(summary).toMatchObject({
      kind: 'sample',
      task: 'binary',
      target: 'class',
      classes: ['blue', 'red'],
      rows: 30,
    });
    expect(summary.featureNames).toEqual(['x1', 'x2']);
    expect(summary.warnings).toEqual([]);
  });

  test('of classes that are numbers', async () => {
    const target = range(30).map((n) => n % 3);
    const { summary } = await prepared({ task: 'classes', x: range(30), y: range(30).map((n) => -n), target });
    expect(summary).toMatchObject({ task: 'multi-class', classes: ['0', '1', '2'] });
  });

  test('with a number at each place', async () => {
    const target = range(30).map((n) => n / 3);
    const { summary } = await prepared({ task: 'regression', x: range(30), y: range(30).map((n) => n * n), target });
    expect(summary).toMatchObject({ task: 'regression', target: 'y' });
    expect(summary.featureNames).toEqual(['x1', 'x2']);
  });

  test('of a curve', async () => {
    const { summary } = await prepared({
      task: 'curve',
      x: range(30),
      y: range(30).map((n) => Math.sqrt(n)),
      target: [],
    });
    expect(summary).toMatchObject({ task: 'regression', target: 'y' });
    expect(summary.featureNames).toEqual(['x']);
  });

  test('of a few numbers, and of a step, are numbers still, and no coordinate is left out', async () => {
    const few = await prepared({
      task: 'regression',
      x: range(30).map((n) => n % 3),
      y: range(30),
      target: range(30).map((n) => n % 3),
    });
    expect(few.summary).toMatchObject({ task: 'regression', featureNames: ['x1', 'x2'] });
    const step = await prepared({ task: 'curve', x: range(30), y: range(30).map((n) => (n < 12 ? 0 : 1)), target: [] });
    expect(step.summary).toMatchObject({ task: 'regression', featureNames: ['x'] });
    const line = await prepared({
      task: 'classes',
      x: range(30),
      y: range(30).map(() => 0),
      target: range(30).map((n) => (n < 12 ? 'A' : 'B')),
    });
    expect(line.summary).toMatchObject({ task: 'binary', featureNames: ['x1', 'x2'] });
  });

  test('fewer than two are refused with what to do', async () => {
    for (const count of [0, 1]) {
      const points: PaintedPoints = { task: 'curve', x: range(count), y: range(count), target: [] };
      const loaded = await loadData(defaultDataSpec({ points }), [], []);
      expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'data/no-points', path: 'data.source.points' }] });
    }
  });
});
