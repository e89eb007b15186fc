import { beforeAll, describe, expect, it } from 'vitest';
import type { OptimizerSpec } from '../experiment/document';
import { losses, type LossDefinition } from '../losses';
import { activations } from '../activations';
import { optimizers, type OptimizerDefinition } from '../optimizers';
import { createRandom } from '../random';
import { optimizerSpecs, randomTargets } from '../testing/arbitrary';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';
import { optimizerLowerings, type OptimizerLowering, type SettingCells } from './lowering/optimizers';
import { squareSumsOf } from './scratch';
import {
  SETTING_CLIP_NORM,
  SETTING_GRADIENT_NORM,
  SETTING_L1,
  SETTING_L2,
  SETTING_LEARNING_RATE,
} from './simd/opcodes';
import { SETTING_SCALE, SETTINGS_BYTES } from './simd/opcodes';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

const sizes = Array.from({ length: 34 }, (_, i) => i);

/** Padded to whole vectors, as the arena pads. */
function randomArray(seed: number, length: number, scale = 1): Float32Array {
  const random = createRandom(seed, 'updates');
  const values = new Float32Array(Math.ceil(length / 4) * 4);
  for (let i = 0; i < length; i++) values[i] = scale * random.normal();
  return values;
}

function settingsOf(optimizer: OptimizerSpec, others: Readonly<Record<number, number>> = {}): number {
  const bytes = new ArrayBuffer(SETTINGS_BYTES);
  const view = new DataView(bytes);
  const cells: SettingCells = {
    set: (cell, value) => view.setFloat32(cell, value, true),
    setDouble: (cell, value) => view.setFloat64(cell, value, true),
  };
  cells.set(SETTING_LEARNING_RATE, optimizer.learningRate);
  for (const [cell, value] of Object.entries(others)) cells.set(Number(cell), value);
  const lowering: OptimizerLowering = optimizerLowerings[optimizer.kind];
  lowering.writeSettings(optimizer, cells);
  return arrays.put(new Float32Array(bytes));
}

interface Update {
  readonly W: number;
  readonly sum: number;
  readonly slots: readonly number[];
  readonly count: number;
  readonly scale: number;
  readonly l2: number;
  readonly settings: number;
  readonly t: number;
  readonly regularised: boolean;
}

/** The kernel of a kind, as the interpreter calls it. */
function runKernel(
  kind: OptimizerSpec['kind'],
  { W, sum, slots, count, scale, l2, settings, t, ...rest }: Update,
): number {
  const { kernels } = arrays;
  switch (kind) {
    case 'sgd':
      return kernels.sgd(W, sum, count, scale, l2, settings);
    case 'momentum':
    case 'heavy-ball':
      return kernels.momentum(W, sum, slots[0]!, count, scale, l2, settings);
    case 'nesterov':
    case 'rmsprop':
      return kernels[kind](W, sum, slots[0]!, count, scale, l2, settings);
    case 'adam':
    case 'adamw': {
      const decays = kind === 'adamw' && rest.regularised;
      return kernels.adam(W, sum, slots[0]!, slots[1]!, count, scale, l2, settings, t, decays);
    }
  }
}

describe.each(optimizerSpecs(0.3))('the update of $kind', (optimizer) => {
  const definition: OptimizerDefinition = optimizers[optimizer.kind];
  const [m, l2] = [8, 0.1];

  it.each([true, false])(
    'is the reference within 3e-6 after three updates, at every size (weights: %s)',
    (regularised) => {
      const { put, get } = arrays;
      const settings = settingsOf(optimizer);
      const lambda = regularised ? l2 : 0;
      for (const n of sizes) {
        const start = randomArray(n, n);
        const exactW = Float64Array.from(start.subarray(0, n));
        const exactSlots = definition.slots.map(() => new Float64Array(n));
        const W = put(start);
        const slots = definition.slots.map(() => put(new Float32Array(start.length)));
        for (let t = 1; t <= 3; t++) {
          const sums = randomArray(100 * t + n, n, 8);
          const g = Float64Array.from(exactW, (w, i) => sums[i]! / m + lambda * w);
          definition.update(optimizer, exactW, g, exactSlots, { t, regularised });
          const given = { W, sum: put(sums), slots, count: n, scale: 1 / m, l2: lambda, settings, t, regularised };
          expect(runKernel(optimizer.kind, given)).toBe(1);
        }
        get(W, n).forEach((w, i) => expect(Math.abs(w - exactW[i]!)).toBeLessThan(3e-6));
        slots.forEach((slot, s) =>
          get(slot, n).forEach((v, i) => expect(Math.abs(v - exactSlots[s]![i]!)).toBeLessThan(3e-6)),
        );
      }
    },
  );

  it('says so when a weight or an array of its own is not finite', () => {
    const { put } = arrays;
    for (let at = 0; at < 8; at++) {
      const spoilt = (where: 'W' | 'sum', value: number): number => {
        const [W, sum] = [randomArray(1, 8), randomArray(2, 8)];
        (where === 'W' ? W : sum)[at] = value;
        const slots = definition.slots.map(() => put(new Float32Array(8)));
        const given = { W: put(W), sum: put(sum), slots, count: 8, scale: 1, l2: 0, t: 1, regularised: true };
        return runKernel(optimizer.kind, { ...given, settings: settingsOf(optimizer) });
      };
      expect(spoilt('W', 0.5)).toBe(1);
      for (const bad of [NaN, Infinity, -Infinity]) {
        expect(spoilt('W', bad)).toBe(0);
        expect(spoilt('sum', bad)).toBe(0);
      }
      // The square of a gradient overflows long before the gradient: the weight would never move again.
      if (definition.slots.includes('s')) expect(spoilt('sum', 1e25)).toBe(0);
    }
  });

  it('ends what decays at 0 instead of among the denormals', () => {
    const { put, get } = arrays;
    const settings = settingsOf(optimizer);
    const slots = definition.slots.map((slot) => put(slot === 's' ? [2e-38, 3e-38, 0, 0] : [2e-38, -2e-38, 0, 0]));
    const [W, sum] = [put([1, 1, 1, 1]), put([0, 0, 0, 0])];
    for (let step = 0; step < 2000; step++) {
      runKernel(optimizer.kind, { W, sum, slots, count: 4, scale: 1, l2: 0, settings, t: 5000, regularised: false });
    }
    for (const slot of slots) expect([...get(slot, 4)]).toEqual([0, 0, 0, 0]);
  });
});

describe('the prepared gradient', () => {
  it('is sum/m + λ W + λ₁ sign(W), with no share of a weight that is 0', () => {
    const { kernels, put, get } = arrays;
    const [m, l2, l1] = [4, 0.1, 0.25];
    const settings = settingsOf({ kind: 'sgd', learningRate: 1 }, { [SETTING_L2]: l2, [SETTING_L1]: l1 });
    for (const n of sizes) {
      const [W, sums] = [randomArray(n, n), randomArray(n + 50, n)];
      if (n > 2) W[2] = 0;
      for (const decays of [true, false]) {
        const address = put(sums);
        kernels.prepareGradient(put(W), address, n, 1 / m, settings, decays);
        get(address, n).forEach((g, i) => {
          const penalty = decays ? l2 * W[i]! + l1 * Math.sign(W[i]!) : 0;
          expect(g).toBeCloseTo(sums[i]! / m + penalty, 6);
        });
      }
    }
  });

  it('has the same sums of squares for any division into chunks, and its norm to 1e-12', () => {
    const { kernels, put, room, get } = arrays;
    for (const n of [0, 1, 33, 4096, 4097, 20_000]) {
      const x = randomArray(3, n, 1e15);
      const address = put(x);
      const chunks = kernels.squareSumsOf(n);
      expect(chunks).toBe(squareSumsOf(n));
      const [whole, pieces] = [room(2 * chunks), room(2 * chunks)];
      kernels.squareSums(address, n, whole, 0, chunks);
      for (let c = 0; c < chunks; c++) kernels.squareSums(address, n, pieces, c, c + 1);
      expect(get(pieces, 2 * chunks)).toEqual(get(whole, 2 * chunks));
      const settings = settingsOf({ kind: 'sgd', learningRate: 1 });
      kernels.clipGradient(whole, chunks, settings);
      const norm = new Float64Array(get(settings, SETTINGS_BYTES / 4).buffer)[SETTING_GRADIENT_NORM / 8]!;
      const exact = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
      expect(Math.abs(norm - exact)).toBeLessThanOrEqual(1e-12 * exact);
    }
  });

  it('is shortened to the longest allowed, and left alone where it is shorter or there is no limit', () => {
    const { kernels, put, get } = arrays;
    const scaleFor = (most: number): number => {
      const settings = settingsOf({ kind: 'sgd', learningRate: 1 }, { [SETTING_CLIP_NORM]: most });
      kernels.clipGradient(put(new Float32Array(Float64Array.of(9, 16).buffer)), 2, settings);
      return get(settings, SETTINGS_BYTES / 4)[SETTING_SCALE / 4]!;
    };
    expect([scaleFor(0), scaleFor(6), scaleFor(5), scaleFor(2.5)]).toEqual([1, 1, 1, 0.5]);
  });
});

describe('weighted losses', () => {
  const random = createRandom(5, 'weights');

  it.each(['squared', 'logistic', 'cross-entropy'] as const)(
    '%s: each example’s loss and delta times its weight',
    (kind) => {
      const { kernels, put, room, get } = arrays;
      const loss: LossDefinition = losses[kind];
      const activation = activations[loss.activations[0]!];
      for (const [rows, n] of [
        [1, 3],
        [5, 2],
        [7, 4],
        [3, 9],
      ] as const) {
        const z = Float64Array.from({ length: rows * n }, () => Math.fround(2 * random.normal()));
        const [a, y] = [new Float64Array(z.length), randomTargets(kind, rows, n, 3).map(Math.fround)];
        activation.forward(z, a, rows, n);
        const weights = Float32Array.from({ length: rows }, () => 3 * random.uniform());
        const [at, delta] = [{ z: put(z), a: put(a), y: put(y), weights: put(weights) }, room(z.length)];
        const value =
          kind === 'squared'
            ? kernels.weightedSquaredLoss(at.a, at.y, delta, at.weights, rows, n)
            : kind === 'logistic'
              ? kernels.weightedLogisticLoss(at.z, at.a, at.y, delta, at.weights, rows, n)
              : kernels.weightedCrossEntropyLoss(at.z, at.a, at.y, delta, at.weights, rows, n);
        let exact = 0;
        for (let i = 0; i < rows; i++) {
          const of = (array: Float64Array): Float64Array => array.subarray(i * n, (i + 1) * n);
          exact += weights[i]! * loss.loss({ z: of(z), a: of(a), y: of(y), rows: 1, columns: n, activation });
        }
        expect(value).toBeCloseTo(exact, 4);
        get(delta, rows * n).forEach((d, i) => {
          expect(d).toBeCloseTo(weights[Math.floor(i / n)]! * (a[i]! - y[i]!), 5);
        });
      }
    },
  );
});
