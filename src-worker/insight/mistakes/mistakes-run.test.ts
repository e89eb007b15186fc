import { describe, expect, test } from 'vitest';
import type { ExamplesRequest, MistakesReport, MistakesRequest, Outcome, Part, TrainerApi } from '../../api';
import { createWasmEngine } from '../../engines';
import { defaultDataSpec } from '../../experiment/defaults';
import type { SampleKind } from '../../experiment/document';
import { loadBuiltKernels } from '../../testing/load-kernels';
import { createTrainer } from '../../trainer';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

async function trained(sample: SampleKind, steps: number, examples = 150): Promise<TrainerApi> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  unwrap(await trainer.loadData(defaultDataSpec({ sample, examples, noise: 0.15, seed: 2 }), [], []));
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('mistakes'))));
  unwrap(trainer.advance({ steps }));
  return trainer;
}

/** Runs a pass to its end in the smallest pieces. */
function finish(trainer: TrainerApi, between: () => void = () => undefined): MistakesReport {
  for (;;) {
    const { report } = unwrap(trainer.continueMistakes(0));
    if (report !== null) return report;
    between();
  }
}

function reportOf(trainer: TrainerApi, part: Part, weights: MistakesRequest['weights'] = 'present'): MistakesReport {
  unwrap(trainer.startMistakes({ part, weights }));
  return finish(trainer);
}

const WRONG: ExamplesRequest = {
  ...{ right: null, answer: null, wrong: true, from: 0, count: 50 },
  columns: { from: 0, count: 10 },
};

describe('a report', () => {
  test.each(['flower', 'iris', 'digits'] as const)(
    '%s: counts and figures as the trainer assesses them',
    async (sample) => {
      const trainer = await trained(sample, 40);
      for (const part of ['train', 'dev', 'test'] as const) {
        const { metrics, confusion } = unwrap(trainer.assess(part));
        const report = reportOf(trainer, part);
        expect(report.metrics.accuracy).toBe(metrics.accuracy);
        expect(report.metrics.loss).toBeCloseTo(metrics.loss, 4);
        expect(report.classes!.counts).toEqual(confusion!.counts);
        expect(report.classes!.figures).toEqual(confusion!.figures);
        if (metrics.auc !== null) expect(report.classes!.roc[1]!.auc).toBeCloseTo(metrics.auc, 6);
      }
    },
  );

  test('of saturated outputs has the loss that the run has', async () => {
    const trainer = await trained('flower', 1);
    const { W2 } = Object.fromEntries(unwrap(trainer.parameters(['W2'])).map(({ name, values }) => [name, values]));
    W2!.forEach((weight, index) => unwrap(trainer.setParameter({ name: 'W2', index, value: 1e6 * weight })));
    const { loss } = unwrap(trainer.assess('dev')).metrics;
    expect(loss).toBeGreaterThan(1000);
    expect(reportOf(trainer, 'dev').metrics.loss / loss).toBeCloseTo(1, 5);
  });

  test('of numbers has residuals y − ŷ in the target’s own units', async () => {
    const trainer = await trained('sine', 60);
    const { numbers, metrics, classes } = reportOf(trainer, 'train');
    const { target, predicted, residuals, place } = numbers!;
    expect(classes).toBeNull();
    const errors = target.map((y, n) => y - predicted[n]!);
    const rmse = Math.sqrt(errors.reduce((sum, each) => sum + each ** 2, 0) / errors.length);
    expect(metrics.rmse).toBeCloseTo(rmse, 5);
    expect(residuals.mean ** 2 + residuals.deviation ** 2).toBeCloseTo(rmse ** 2, 5);
    expect(residuals.counts.reduce((sum, count) => sum + count, 0)).toBe(target.length);
    const { rows } = unwrap(
      trainer.rows({
        ...{ as: 'raw', from: place[3]!, count: 1, columns: { from: 0, count: 5 } },
        order: { show: 'all', filter: '', sort: null },
      }),
    );
    expect(rows[0]).toMatchObject({ part: 'train' });
    expect(rows[0]!.target).toBeCloseTo(target[3]!, 5);
    expect(rows[0]!.answer).toBeCloseTo(predicted[3]!, 5);
  });
});

describe('examples', () => {
  test('come with the largest loss first, and are those of the cell', async () => {
    const trainer = await trained('iris', 25);
    const { classes } = reportOf(trainer, 'train');
    const wrong = unwrap(trainer.mistakenExamples(WRONG));
    const K = classes!.classes.length;
    const right = classes!.figures.reduce((sum, _, c) => sum + classes!.counts[c * K + c]!, 0);
    expect(wrong.matching).toBe(105 - right);
    expect(wrong.matching).toBeGreaterThan(0);
    const losses = wrong.examples.map(({ loss }) => loss);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    const cell = unwrap(trainer.mistakenExamples({ ...WRONG, wrong: false, right: 1, answer: 1 }));
    expect(cell.matching).toBe(classes!.counts[1 * K + 1]);
    for (const { target, answer, confidence, loss, cells } of cell.examples) {
      expect([target, answer]).toEqual([classes!.classes[1], classes!.classes[1]]);
      expect(loss).toBeCloseTo(-Math.log(confidence!), 6);
      expect(cells).toContain(target);
    }
    const rest = unwrap(trainer.mistakenExamples({ ...WRONG, from: 3, count: 2 }));
    expect(rest.examples).toEqual(wrong.examples.slice(3, 5));
  });

  test('of images come with their pixels', async () => {
    const trainer = await trained('digits', 5);
    reportOf(trainer, 'dev');
    const [first] = unwrap(trainer.mistakenExamples(WRONG)).examples;
    const { images } = unwrap(
      trainer.images({ show: 'all', class: null, order: 'place', from: first!.place, count: 1 }),
    );
    expect(first!.pixels).toEqual(images[0]!.pixels);
    expect(images[0]!.part).toBe('dev');
  });
});

describe('beside training', () => {
  test('a pass is of the weights of its beginning, and the run goes on to the same bits', async () => {
    const [still, training, alone] = [
      await trained('moons', 30, 3000),
      await trained('moons', 30, 3000),
      await trained('moons', 30, 3000),
    ];
    const expected = reportOf(still, 'train');
    unwrap(training.startMistakes({ part: 'train', weights: 'present' }));
    let steps = 0;
    const report = finish(training, () => {
      unwrap(training.advance({ steps: 1 }));
      unwrap(alone.advance({ steps: 1 }));
      steps++;
    });
    expect(steps).toBeGreaterThan(5);
    expect(report).toEqual(expected);
    expect(unwrap(training.snapshot()).state).toEqual(unwrap(alone.snapshot()).state);
  });

  test('looks at the best epoch and at any other weights of the network, and leaves the run as it is', async () => {
    const trainer = await trained('iris', 400);
    const before = unwrap(trainer.snapshot()).state;
    const { best } = before;
    const report = reportOf(trainer, 'dev', 'best');
    expect(report.epoch).toBe(best!.epoch);
    expect(report.metrics.loss).toBeCloseTo(best!.loss, 5);
    expect(reportOf(trainer, 'dev', best!.parameters).metrics).toEqual(report.metrics);
    expect(unwrap(trainer.snapshot()).state).toEqual(before);
  });

  test('weights of another network are a problem and change nothing', async () => {
    const trainer = await trained('iris', 3);
    const before = unwrap(trainer.snapshot()).state;
    const other = [{ name: 'W1', shape: [1, 1], values: Float32Array.of(1) }];
    unwrap(trainer.startMistakes({ part: 'dev', weights: other }));
    expect(trainer.continueMistakes(0)).toMatchObject({ ok: false });
    expect(unwrap(trainer.snapshot()).state).toEqual(before);
  });
});

test('what is not there is said: no pass yet, and a network that was built anew', async () => {
  const trainer = await trained('xor', 2);
  const none = { ok: false, problems: [{ code: 'mistakes/none' }] };
  expect(trainer.continueMistakes(0)).toMatchObject(none);
  expect(trainer.mistakenExamples(WRONG)).toMatchObject(none);
  reportOf(trainer, 'train');
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('again'))));
  expect(trainer.mistakenExamples(WRONG)).toMatchObject(none);
});
