import { describe, expect, it } from 'vitest';
import type { Preprocessing, Progress } from '../api';
import type { PreparedData } from '../data/prepared';
import type { Examples, Part } from '../engine';
import type { ActivationKind, Experiment, LossKind, OptimizerSpec } from '../experiment/document';
import { createRandom } from '../random';
import { Run } from '../run';
import { lossOutputs, optimizerSpecs, randomTargets } from '../testing/arbitrary';
import { describeEachBackend } from '../testing/each-backend';
import { parseExperiment } from '../experiment/parse';
import { lowerRate } from '../experiment/lower-rate';

const [INPUTS, OUTPUTS, ROWS] = [3, 2, 21];

interface Case {
  readonly optimizer: OptimizerSpec;
  readonly loss: LossKind;
  readonly activation: ActivationKind;
  readonly hidden: ActivationKind;
  /** Size of the inputs. */
  readonly scale: number;
  readonly clipNorm: number;
  /** Changes the examples, such as by a NaN. */
  readonly spoil?: (x: Float64Array, y: Float64Array) => void;
}

function experimentOf({ optimizer, loss, activation, hidden, clipNorm }: Case): Experiment {
  const parsed = parseExperiment({
    data: { source: { sample: 'blobs' } },
    network: {
      layers: [
        { kind: 'dense', units: 4, activation: hidden, initializer: { kind: 'normal', mean: 0, deviation: 0.7 } },
        { kind: 'dense', units: OUTPUTS, activation, initializer: { kind: 'normal', mean: 0, deviation: 0.7 } },
      ],
      loss,
    },
    training: { optimizer, batchSize: 4, epochs: 60, clipNorm, seed: 5 },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function preparedOf({ loss, scale, spoil }: Case): PreparedData {
  const random = createRandom(4, 'divergence');
  const x = Float64Array.from({ length: ROWS * INPUTS }, () => scale * random.normal());
  const y = randomTargets(loss, ROWS, OUTPUTS, 4);
  spoil?.(x, y);
  const preprocessing = {
    task: 'regression',
    inputShape: [INPUTS],
    features: [],
    pixels: null,
    target: { name: 'y', classes: [], mean: 0, deviation: 1 },
  } satisfies Preprocessing;
  const examples = (part: Part): Examples | null => (part === 'train' ? { count: ROWS, x, y } : null);
  return { preprocessing, examples, bindable: examples } as unknown as PreparedData;
}

const HUGE = [1e6, 1e12, 1e30];

/** A rate beyond all reason under every optimizer and loss, inputs too large, data that are no numbers. */
const cases: readonly Case[] = [
  ...optimizerSpecs(1).flatMap((optimizer, i) =>
    HUGE.map((learningRate, j): Case => {
      const { loss, activation } = lossOutputs[(3 * i + j) % lossOutputs.length]!;
      const hidden = (['relu', 'tanh', 'identity'] as const)[(i + j) % 3]!;
      return { optimizer: { ...optimizer, learningRate }, loss, activation, hidden, scale: 1, clipNorm: 0 };
    }),
  ),
  ...[1e20, 1e37, 1e160].map((scale): Case => ({ ...plain(), scale })),
  ...[0, 1, 30, 62].flatMap((at): Case[] => [
    { ...plain(), spoil: (x) => (x[at] = at % 2 === 0 ? NaN : Infinity) },
    { ...plain(), spoil: (_x, y) => (y[at % (ROWS * OUTPUTS)] = NaN) },
  ]),
];

function plain(): Case {
  const optimizer = { kind: 'sgd', learningRate: 0.01 } as const;
  return { optimizer, loss: 'squared', activation: 'identity', hidden: 'relu', scale: 1, clipNorm: 0 };
}

function finish(run: Run): Progress {
  let progress = run.advance({ steps: 7 });
  while (['ready', 'training'].includes(progress.status)) progress = run.advance({ steps: 7 });
  return progress;
}

describeEachBackend('a divergence', ({ compile }) => {
  it(`of ${cases.length} kinds is told with step, quantity and layer, and leaves the weights of the step before`, async () => {
    let told = 0;
    for (const given of cases) {
      const experiment = experimentOf(given);
      const open = async (): Promise<Run> =>
        new Run(await compile({ ...experiment, inputShape: [INPUTS] }), experiment, OUTPUTS, preparedOf(given));
      const run = await open();
      const progress = finish(run);
      const name = `${given.optimizer.kind} ${given.optimizer.learningRate} ${given.scale} ${given.loss}`;
      const { parameters } = run.state();
      expect(
        parameters.every(({ values }) => values.every(Number.isFinite)),
        name,
      ).toBe(true);
      if (progress.status !== 'diverged') continue;
      told += 1;
      const { message, hint } = progress.problem!;
      expect(message, name).toMatch(
        /^(The (input|target) of example \d+ of the training part|Step [\d,]+: the loss( of the training part)?|Step [\d,]+: (v of |s of )?(d?[Wb]|[za]|delta)\[\d\] of layer \d \(dense\)) is (infinite|not a number)/,
      );
      expect(hint, name).toMatch(/Lower the learning rate from|Mend or leave out/);
      // Exactly the weights that a run of so many steps has.
      if (progress.step === 0 || progress.batchInEpoch === 0) continue;
      const other = await open();
      other.advance({ steps: progress.step });
      expect(other.state().parameters, name).toEqual(parameters);
    }
    expect(told).toBeGreaterThan(15);
  });

  it('names how large the quantity was before', async () => {
    const given = { ...plain(), optimizer: { kind: 'sgd', learningRate: 30 } } as const;
    const experiment = experimentOf(given);
    const run = new Run(await compile({ ...experiment, inputShape: [INPUTS] }), experiment, OUTPUTS, preparedOf(given));
    const { problem } = finish(run);
    expect(problem!.message).toMatch(/; the step before it was [\d.]+e\d+\. The weights are the last finite ones\.$/);
    expect(problem!.hint).toContain('from 30 to 1');
  });

  it('in the data names the example', async () => {
    const given = { ...plain(), spoil: (x: Float64Array) => (x[17 * INPUTS + 1] = NaN) };
    const experiment = experimentOf(given);
    const run = new Run(await compile({ ...experiment, inputShape: [INPUTS] }), experiment, OUTPUTS, preparedOf(given));
    run.advance({ steps: 0 });
    const { problem } = finish(run);
    expect(problem).toMatchObject({ code: 'training/data-not-finite', path: 'data' });
    expect(problem!.message).toContain('The input of example 18 of the training part is not a number');
  });

  it('may go on from the best epoch at a lower rate', async () => {
    const given = { ...plain(), optimizer: { kind: 'sgd', learningRate: 30 } } as const;
    const experiment = experimentOf(given);
    const run = new Run(await compile({ ...experiment, inputShape: [INPUTS] }), experiment, OUTPUTS, preparedOf(given));
    expect(finish(run).status).toBe('diverged');
    expect(run.restoreBest().ok).toBe(true);
    run.changeTraining({ ...experiment.training, optimizer: { kind: 'sgd', learningRate: 0.003 } });
    expect(finish(run)).toMatchObject({ status: 'finished', problem: null });
  });
});

describe('lowerRate', () => {
  it('is a tenth, to two digits, and at most 1', () => {
    expect([0.5, 0.123, 9, 30, 1e12, 1e-5].map(lowerRate)).toEqual([0.05, 0.012, 0.9, 1, 1, 1e-6]);
  });
});
