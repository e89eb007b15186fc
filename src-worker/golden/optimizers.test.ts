import { describe, expect, test } from 'vitest';
import type { OptimizerSpec, ScheduleSpec } from '../experiment/document';
import { optimizers } from '../optimizers';
import { schedules, type ScheduleDefinition } from '../schedules';
import { Plateau } from '../schedules/plateau';
import { describeEachBackend } from '../testing/each-backend';
import { relativeError, type Golden } from '../testing/golden';
import file from './optimizers.json';

interface OptimizerCase {
  readonly name: string;
  readonly optimizer: OptimizerSpec;
  readonly terms: { readonly l2: number; readonly l1: number; readonly clipNorm: number; readonly weighted: boolean };
  /** Of the last update, before clipping. */
  readonly gradientNorm: number;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

interface ScheduleCase {
  readonly schedule: ScheduleSpec;
  /** Learning rate of every update. */
  readonly rates: readonly number[];
}

const golden = file as unknown as Golden<OptimizerCase> & {
  readonly steps: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly weights: readonly number[];
  readonly start: Readonly<Record<string, { readonly shape: number[]; readonly values: readonly number[] }>>;
  readonly schedules: {
    readonly learningRate: number;
    readonly batchesPerEpoch: number;
    readonly epochs: number;
    readonly losses: readonly number[];
    readonly cases: readonly ScheduleCase[];
  };
};

describeEachBackend('ten updates against PyTorch', ({ compile, precision }) => {
  const tolerance = golden.tolerance[precision];

  test.each(golden.cases)(`$name: every parameter within ${tolerance}`, async ({ optimizer, terms, ...expected }) => {
    const { weighted, ...cost } = terms;
    const zeros = { kind: 'zeros' } as const;
    const rows = golden.weights.length;
    const network = await compile({
      network: {
        layers: [
          { kind: 'dense', units: 4, activation: 'tanh', initializer: zeros },
          { kind: 'dense', units: 3, activation: 'softmax', initializer: zeros },
        ],
        loss: 'cross-entropy',
        seed: 1,
      },
      inputShape: [3],
      training: { optimizer, ...cost, batchSize: rows },
    });
    network.setParameters(
      Object.entries(golden.start).map(([name, { shape, values }]) => ({
        name,
        shape,
        values: Float64Array.from(values),
      })),
    );
    const examples = { count: rows, x: Float64Array.from(golden.x), y: Float64Array.from(golden.y) };
    network.bindExamples('train', weighted ? { ...examples, weights: Float64Array.from(golden.weights) } : examples);
    let norm: number | null = null;
    for (let step = 0; step < golden.steps; step++) norm = network.runBatches(0, 1, true).gradientNorm;

    expect(relativeError([norm!], [expected.gradientNorm])).toBeLessThan(tolerance);
    for (const { name, values } of network.parameters()) {
      expect(relativeError(values, expected.parameters[name]!), name).toBeLessThan(tolerance);
    }
    network.dispose();
  });
});

describe('learning rates against PyTorch', () => {
  const { learningRate, batchesPerEpoch, epochs, losses, cases } = golden.schedules;

  test.each(cases)('$schedule: every update within 1e-12', ({ schedule, rates }) => {
    const definition: ScheduleDefinition = schedules[schedule.kind];
    const plateau = new Plateau(definition.patience?.(schedule) ?? 1);
    const found: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let batchInEpoch = 0; batchInEpoch < batchesPerEpoch; batchInEpoch++) {
        const place = { epoch, batchInEpoch, batchesPerEpoch, epochs, plateaus: plateau.count };
        found.push(definition.rate(schedule, learningRate, place));
      }
      plateau.observe(losses[epoch]!);
    }
    expect(relativeError(found, rates)).toBeLessThan(1e-12);
  });
});

test('the golden file covers every optimizer and every schedule', () => {
  expect(new Set(golden.cases.map(({ optimizer }) => optimizer.kind))).toEqual(new Set(Object.keys(optimizers)));
  const kinds = golden.schedules.cases.map(({ schedule }) => schedule.kind);
  expect(new Set(kinds)).toEqual(new Set(Object.keys(schedules)));
});
