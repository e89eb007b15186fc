import { describe, expect, it } from 'vitest';
import type { Preprocessing, Progress, RunState } from './api';
import { batchesPerEpoch, epochOrder } from './batches';
import type { PreparedData } from './data/prepared';
import type { CompiledNetwork, Examples, Part } from './engine';
import type { EarlyStopping, Experiment, OptimizerSpec, ScheduleSpec, TrainingSpec } from './experiment/document';
import { parseExperiment } from './experiment/parse';
import { compileReference } from './network';
import { createRandom } from './random';
import { Run } from './run';
import { buffersIn } from './transferables';

const COUNTS: Readonly<Record<Part, number>> = { train: 50, dev: 20, test: 0 };

/** Two blobs; the dev part is drawn like the training part. */
function blobs(part: Part): Examples | null {
  const count = COUNTS[part];
  if (count === 0) return null;
  const random = createRandom(1, 'blobs', part);
  const x = new Float64Array(count * 2);
  const y = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    y[n] = n % 2;
    x[2 * n] = random.normal() + (n % 2 === 0 ? -1 : 1);
    x[2 * n + 1] = random.normal();
  }
  return { count, x, y };
}

const preprocessing: Preprocessing = {
  task: 'binary',
  inputShape: [2],
  features: ['x1', 'x2'].map((column) => ({ column, type: 'number', offset: 0, scale: 1, fill: 0 })),
  pixels: null,
  target: { name: 'class', classes: ['0', '1'], mean: 0, deviation: 1 },
};

// Only what a run reads of it: the summary is for the window.
const prepared = { preprocessing, examples: blobs, bindable: blobs } as unknown as PreparedData;

function experimentWith(optimizer: OptimizerSpec, epochs = 4): Experiment {
  const outcome = parseExperiment({
    data: { source: { sample: 'blobs' } },
    network: {
      layers: [
        { kind: 'dense', units: 4, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'sigmoid' },
      ],
    },
    training: { optimizer, batchSize: 8, epochs, l2: 0.01, seed: 3 },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const momentum: OptimizerSpec = { kind: 'momentum', learningRate: 0.5, beta: 0.9 };

function compile(experiment: Experiment): CompiledNetwork {
  return compileReference({ ...experiment, inputShape: [2] }, 'float64');
}

function start(experiment = experimentWith(momentum), resume?: RunState): Run {
  return new Run(compile(experiment), experiment, 1, prepared, resume);
}

/** Pulls until the run stands still. */
function finish(run: Run, budget: { steps: number } | { ms: number }): Progress[] {
  const all = [run.advance(budget)];
  while (['ready', 'training'].includes(all.at(-1)!.status)) all.push(run.advance(budget));
  return all;
}

describe('a run', () => {
  it('makes exactly the steps asked for, across the ends of epochs', () => {
    const run = start();
    expect(run.advance({ steps: 0 })).toMatchObject({ status: 'ready', step: 0, epoch: 0 });
    expect(run.advance({ steps: 3 })).toMatchObject({ status: 'training', step: 3, epoch: 0, batchInEpoch: 3 });
    expect(run.advance({ steps: 7 })).toMatchObject({ step: 10, epoch: 1, batchInEpoch: 3, batchesPerEpoch: 7 });
    expect(run.advance({ steps: 1000 })).toMatchObject({ status: 'finished', step: 28, epoch: 4, batchInEpoch: 0 });
    expect(run.advance({ steps: 5 })).toMatchObject({
      status: 'finished',
      step: 28,
      records: [],
      examplesPerSecond: 0,
    });
  });

  it('trains as the engine does when it is driven by hand', () => {
    const experiment = experimentWith(momentum);
    const run = start(experiment);
    run.advance({ steps: 28 });
    const network = compile(experiment);
    network.bindExamples('train', blobs('train')!);
    for (let epoch = 1; epoch <= 4; epoch++) {
      network.setOrder(epochOrder(3, epoch, 50));
      network.runBatches(0, batchesPerEpoch(50, 8));
    }
    expect(run.state().parameters).toEqual(network.parameters());
    expect(run.state().optimizer).toEqual(network.optimizerState());
  });

  it.each([[{ steps: 1 }], [{ steps: 5 }], [{ ms: 0.05 }], [{ ms: 1000 }]])(
    'has the same bits when it is pulled by %j',
    (budget) => {
      const whole = start();
      const records = whole.advance({ steps: 28 }).records;
      const pulled = start();
      const progress = finish(pulled, budget);
      expect(pulled.state()).toEqual(whole.state());
      expect(progress.flatMap((each) => each.records)).toEqual(records);
    },
  );

  it('makes at least one step in a call with a time, however short', () => {
    const run = start();
    expect(run.advance({ ms: 0 })).toMatchObject({ status: 'training', step: 1 });
    expect(run.advance({ ms: 0 })).toMatchObject({ step: 2 });
  });

  it('records every epoch once, from before the first step, with both parts at the weights of that moment', () => {
    const run = start();
    const { records } = run.advance({ steps: 14 });
    expect(records.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 7],
      [2, 14],
    ]);
    const { train, dev, test } = run.evaluate();
    expect(records.at(-1)).toMatchObject({ epoch: 2, step: 14, train, dev, learningRate: 0.5 });
    expect(records.at(-1)!.gradientNorm).toBeGreaterThan(0);
    expect(test).toBeNull();
    expect(train.rmse).toBeNull();
    expect(records[2]!.train.loss).toBeLessThan(records[0]!.train.loss);
    expect(run.advance({ steps: 1 }).records).toEqual([]);
  });

  it.each([0, 1, 7, 10, 27, 28])('goes on from a state saved at step %i as if it had never stopped', (step) => {
    const unbroken = start();
    unbroken.advance({ steps: 28 });
    const first = start();
    first.advance({ steps: step });
    const second = start(experimentWith(momentum), structuredClone(first.state()));
    const { records } = second.advance({ steps: 28 - step });
    expect(second.state()).toEqual(unbroken.state());
    // What the first run had told is not told again.
    expect(first.state().history.length + records.length).toBe(5);
  });

  it('refuses a state of other data or another network', () => {
    const run = start();
    run.advance({ steps: 10 });
    const state = run.state();
    expect(() => start(undefined, { ...state, step: 11 })).toThrow('step 11');
    expect(() => start(undefined, { ...state, parameters: state.parameters.slice(1) })).toThrow();
  });

  it('counts the examples of a smaller last batch', () => {
    const run = start();
    const { examplesPerSecond } = run.advance({ steps: 7 });
    expect(examplesPerSecond).toBeGreaterThan(0);
    expect(Number.isFinite(examplesPerSecond)).toBe(true);
  });
});

describe('a change of the training', () => {
  it('keeps weights and curves, and more epochs let a finished run go on', () => {
    const run = start();
    run.advance({ steps: 28 });
    const before = run.state();
    const { training } = run.experiment;
    expect(run.changeTraining({ ...training, epochs: 6, l2: 0 })).toEqual({ ok: true, value: null });
    expect(run.state()).toEqual({ ...before, status: 'training', stopped: null, judgedFrom: 4 });
    expect(finish(run, { steps: 3 }).at(-1)).toMatchObject({ status: 'finished', epoch: 6, step: 42 });
  });

  it('takes effect with the next update', () => {
    const run = start();
    run.advance({ steps: 3 });
    run.changeTraining({ ...run.experiment.training, optimizer: { kind: 'sgd', learningRate: 1e-30 } });
    const before = run.state().parameters;
    run.advance({ steps: 1 });
    expect(run.state().parameters).toEqual(before);
    expect(run.state().optimizer).toEqual([]);
  });

  it('of the batch size or the seed asks for a reset', () => {
    const run = start();
    const { training } = run.experiment;
    for (const change of [{ batchSize: 4 }, { seed: 9 }]) {
      const outcome = run.changeTraining({ ...training, ...change });
      expect(outcome.ok ? null : outcome.problems[0]?.code).toBe('training/needs-reset');
    }
    expect(run.experiment.training).toEqual(training);
  });
});

describe('a schedule', () => {
  const scheduled = (schedule: ScheduleSpec, change: Partial<TrainingSpec> = {}): Experiment => {
    const experiment = experimentWith(momentum, 6);
    return { ...experiment, training: { ...experiment.training, schedule, ...change } };
  };
  const kinds: ScheduleSpec[] = [
    { kind: 'step', every: 2, factor: 0.5 },
    { kind: 'exponential', factor: 0.8 },
    { kind: 'cosine', floor: 0.01, warmUp: 1.5 },
    { kind: 'warm-up', epochs: 2.5 },
    { kind: 'reduce-on-plateau', factor: 0.1, patience: 1, minimum: 1e-4 },
  ];

  it.each(kinds)('$kind: the same bits however it is pulled, and when it goes on from a save', (schedule) => {
    const experiment = scheduled(schedule);
    const whole = start(experiment);
    whole.advance({ steps: 42 });
    const pulled = start(experiment);
    finish(pulled, { steps: 3 });
    expect(pulled.state()).toEqual(whole.state());
    for (const step of [5, 14, 23, 35]) {
      const first = start(experiment);
      first.advance({ steps: step });
      const second = start(experiment, structuredClone(first.state()));
      second.advance({ steps: 42 - step });
      expect(second.state()).toEqual(whole.state());
    }
  });

  it('says the rate of every epoch, and of the next update', () => {
    const run = start(scheduled({ kind: 'step', every: 2, factor: 0.5 }));
    const { records, learningRate } = run.advance({ steps: 28 });
    expect(records.map((record) => record.learningRate)).toEqual([undefined, 0.5, 0.5, 0.25, 0.25]);
    expect(learningRate).toBe(0.125);
  });

  it('reduces when the dev loss has not fallen for so many epochs, and not below its minimum', () => {
    const schedule = { kind: 'reduce-on-plateau', factor: 0.1, patience: 1, minimum: 0.4 } as const;
    const experiment = scheduled(schedule, { optimizer: { kind: 'sgd', learningRate: 30 }, epochs: 12 });
    const { records } = start(experiment).advance({ steps: 84 });
    const rates = records.slice(1).map((record) => record.learningRate!);
    let [best, rate] = [Infinity, 30];
    for (const [i, record] of records.slice(1).entries()) {
      expect(rates[i]).toBeCloseTo(rate, 12);
      if (record.dev!.loss < best) best = record.dev!.loss;
      else rate = Math.max(0.4, rate * 0.1);
    }
    expect(Math.min(...rates)).toBeLessThan(30);
  });
});

describe('the best epoch', () => {
  const stopping: EarlyStopping = { patience: 3, minimumImprovement: 0 };
  const early = (): Experiment => {
    const experiment = experimentWith(
      { kind: 'adam', learningRate: 0.3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      200,
    );
    return { ...experiment, training: { ...experiment.training, l2: 0, earlyStopping: stopping } };
  };

  it('is the one of the lowest dev loss, with its weights, and goes through a save', () => {
    const run = start(experimentWith(momentum, 10));
    const all = finish(run, { steps: 7 });
    const records = all.flatMap((progress) => progress.records);
    const lowest = records.reduce((best, record) => (record.dev!.loss < best.dev!.loss ? record : best));
    expect(all.at(-1)!.best).toEqual({ epoch: lowest.epoch, loss: lowest.dev!.loss, part: 'dev' });
    const again = start(experimentWith(momentum, 10), structuredClone(run.state()));
    expect(again.restoreBest()).toMatchObject({ ok: true, value: { epoch: lowest.epoch } });
    expect(again.evaluate().dev!.loss).toBe(lowest.dev!.loss);
    expect(again.state().optimizer.every(({ values }) => values.every((value) => value === 0))).toBe(true);
  });

  it('ends a run with early stopping: that many epochs behind it, with its weights put back', () => {
    const run = start(early());
    const last = finish(run, { steps: 50 }).at(-1)!;
    expect(last).toMatchObject({ status: 'finished', stopped: 'early', epoch: last.best!.epoch + 3 });
    expect(last.epoch).toBeLessThan(200);
    expect(run.evaluate().dev!.loss).toBe(last.best!.loss);
    expect(start(early(), structuredClone(run.state())).advance({ steps: 9 })).toMatchObject({
      status: 'finished',
      stopped: 'early',
      step: last.step,
    });
  });

  it('does not end it again at once when it is asked to go on', () => {
    const run = start(early());
    const last = finish(run, { steps: 50 }).at(-1)!;
    const { training } = run.experiment;
    run.changeTraining({ ...training, epochs: 400 });
    const next = finish(run, { steps: 50 }).at(-1)!;
    expect(next.epoch).toBeGreaterThanOrEqual(last.epoch + 3);
  });

  it('stays with the run when a snapshot of it has moved away', () => {
    const run = start(experimentWith(momentum, 4));
    finish(run, { steps: 7 });
    const first = run.state();
    const expected = structuredClone(first);
    structuredClone(first, { transfer: buffersIn(first) });
    expect(run.state()).toEqual(expected);
    expect(run.restoreBest()).toMatchObject({ ok: true });
  });

  it('is none before anything was measured', () => {
    const outcome = start().restoreBest();
    expect(outcome.ok ? null : outcome.problems[0]!.code).toBe('run/no-best');
  });

  it('says finished because the epochs are done', () => {
    expect(start().advance({ steps: 28 })).toMatchObject({ status: 'finished', stopped: 'epochs' });
  });
});

describe('a run whose loss stops being a number', () => {
  const wild = experimentWith({ kind: 'sgd', learningRate: 1e308 });

  it('stops, says at which step and what to lower, and keeps the last finite weights', () => {
    const run = start(wild);
    const progress = finish(run, { steps: 1 }).at(-1)!;
    expect(progress.status).toBe('diverged');
    expect(progress.problem?.message).toMatch(/^Step \d+: .* is (infinite|not a number)/);
    expect(progress.problem?.hint).toContain('learning rate');
    expect(run.state().parameters.every(({ values }) => values.every((value) => Number.isFinite(value)))).toBe(true);
    expect(run.advance({ steps: 10 })).toMatchObject({ status: 'diverged', step: progress.step, records: [] });
    expect(run.state().history.every(({ train }) => Number.isFinite(train.loss))).toBe(true);
  });

  it('falls back to the last epoch where an update before it had overflowed', () => {
    const experiment = experimentWith(momentum);
    const network = compile(experiment);
    // An engine whose seventh update overflows unnoticed, as a float32 update may after a finite loss.
    const overflowing: CompiledNetwork = {
      ...network,
      runBatches: (first, count) => {
        const ran = network.runBatches(first, count);
        if (first + count < 7) return ran;
        network.setParameters(
          network.parameters().map((tensor) => ({ ...tensor, values: tensor.values.fill(Infinity) })),
        );
        return ran;
      },
    };
    const run = new Run(overflowing, experiment, 1, prepared);
    const start = run.state().parameters;
    expect(run.advance({ steps: 100 })).toMatchObject({ status: 'diverged', step: 0, epoch: 0, batchInEpoch: 0 });
    expect(run.state().parameters).toEqual(start);
  });

  it('may go on after a change of the learning rate', () => {
    const run = start(wild);
    finish(run, { steps: 1 });
    run.changeTraining({ ...wild.training, optimizer: { kind: 'sgd', learningRate: 1e-300 } });
    expect(run.advance({ steps: 0 }).problem).toBeNull();
  });
});
