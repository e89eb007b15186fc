import { beforeAll, describe, expect, it } from 'vitest';
import { batchNorm } from '../layers/batch-norm';
import { createRandom } from '../random';
import type { FloatArray } from '../tensor';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

const EPSILON = 0.01;
const SHARES = [1, 2, 3];

function randomArray(seed: number, length: number, scale = 2): Float32Array {
  const random = createRandom(seed, 'batch-norm');
  return Float32Array.from({ length }, () => scale * random.normal());
}

/** Channels of part `part` of `parts`, as the interpreter divides them. */
function channelsOf(channels: number, positions: number, part: number, parts: number): number {
  if (positions > 1) return Math.floor((channels * part) / parts);
  return Math.min(16 * Math.floor((Math.ceil(channels / 16) * part) / parts), channels);
}

/** What the kernels make of x and delta, worked on in `parts` shares one after the other. */
function kernels(
  x: Float32Array,
  delta: Float32Array,
  gamma: Float32Array,
  beta: Float32Array,
  sizes: number[],
  parts: number,
) {
  const { kernels: k, put, room, get } = arrays;
  const [rows, channels, positions] = sizes as [number, number, number];
  const count = rows * channels * positions;
  const [inX, inDelta, inGamma, inBeta] = [x, delta, gamma, beta].map((each) => put(each)) as [
    number,
    number,
    number,
    number,
  ];
  const [mean, variance, dgamma, dbeta] = [0, 0, 0, 0].map(() => room(channels)) as [number, number, number, number];
  const [z, dx] = [room(count), room(count)];
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part, part + 1].map((p) => channelsOf(channels, positions, p, parts)) as [number, number];
    k.batchStatistics(inX, mean, variance, rows, channels, positions, from, to);
    k.batchNormalise(inX, z, mean, variance, inGamma, inBeta, rows, channels, positions, EPSILON, from, to);
    const last = [rows, channels, positions, EPSILON, from, to] as const;
    k.batchNormBackward(inX, mean, variance, inGamma, inDelta, dgamma, dbeta, dx, ...last);
  }
  const behind = [...get(z + 4 * count, 4), ...get(dx + 4 * count, 4), ...get(mean + 4 * channels, 4)];
  const perChannel = [mean, variance, dgamma, dbeta].map((address) => get(address, channels));
  return { results: [get(z, count), get(dx, count), ...perChannel], behind };
}

/** The same by the reference in float64: z, dx, and the sums of γ and β without their 1/m. */
function reference(x: Float32Array, delta: Float32Array, gamma: Float32Array, beta: Float32Array, sizes: number[]) {
  const [rows, channels, positions] = sizes as [number, number, number];
  const zeros = (): FloatArray => new Float64Array(channels);
  const parameters = [Float64Array.from(gamma), Float64Array.from(beta), zeros(), zeros()];
  const gradients = [zeros(), zeros(), zeros(), zeros()];
  const layer = { kind: 'batch-norm', decay: 0, epsilon: EPSILON } as const;
  const inputShape = positions === 1 ? [channels] : [channels, 1, positions];
  const allocate = (length: number) => new Float64Array(length);
  const made = batchNorm.create({ layer, name: '', path: '', inputShape }, { parameters, gradients, key: 0, allocate });
  const pass = { rows, mode: 'training', step: 0 } as const;
  const [z, dx] = [new Float64Array(x.length), new Float64Array(x.length)];
  made.forward(Float64Array.from(x), z, pass);
  made.backward(Float64Array.from(x), Float64Array.from(delta), dx, pass);
  const sums = gradients.slice(0, 2).map((gradient) => gradient.map((value) => value * rows));
  return { z, dx, sums };
}

const drawn = (sizes: number[]): [Float32Array, Float32Array, Float32Array, Float32Array] => {
  const [rows, channels, positions] = sizes as [number, number, number];
  const count = rows * channels * positions;
  return [randomArray(1, count), randomArray(2, count), randomArray(3, channels), randomArray(4, channels)];
};

describe('batch normalisation', () => {
  it('goes forward and back like the reference within 1e-5 at 0 to 33 features, and writes nothing behind', () => {
    for (const rows of [2, 5, 64]) {
      for (let channels = 0; channels <= 33; channels++) {
        const sizes = [rows, channels, 1];
        const inputs = drawn(sizes);
        const exact = reference(...inputs, sizes);
        const { results, behind } = kernels(...inputs, sizes, 1);
        results[0]!.forEach((value, i) => expect(Math.abs(value - exact.z[i]!)).toBeLessThan(1e-5));
        results[1]!.forEach((value, i) => expect(Math.abs(value - exact.dx[i]!)).toBeLessThan(1e-4));
        results[4]!.forEach((value, c) => expect(Math.abs(value - exact.sums[0]![c]!)).toBeLessThan(1e-4));
        results[5]!.forEach((value, c) => expect(Math.abs(value - exact.sums[1]![c]!)).toBeLessThan(1e-4));
        expect(behind).toEqual(new Array(12).fill(NaN));
      }
    }
  });

  it('the same over images of 2 to 33 positions and 1 to 5 channels', () => {
    for (const channels of [1, 2, 5]) {
      for (let positions = 2; positions <= 33; positions++) {
        const sizes = [3, channels, positions];
        const inputs = drawn(sizes);
        const exact = reference(...inputs, sizes);
        const { results, behind } = kernels(...inputs, sizes, 1);
        results[0]!.forEach((value, i) => expect(Math.abs(value - exact.z[i]!)).toBeLessThan(1e-5));
        results[1]!.forEach((value, i) => expect(Math.abs(value - exact.dx[i]!)).toBeLessThan(1e-4));
        results[4]!.forEach((value, c) => expect(Math.abs(value - exact.sums[0]![c]!)).toBeLessThan(1e-4));
        results[5]!.forEach((value, c) => expect(Math.abs(value - exact.sums[1]![c]!)).toBeLessThan(1e-4));
        expect(behind).toEqual(new Array(12).fill(NaN));
      }
    }
  });

  it('has the same bits in 1, 2 or 3 parts', () => {
    for (const sizes of [
      [7, 50, 1],
      [4, 5, 9],
    ]) {
      const [one, ...others] = SHARES.map((parts) => kernels(...drawn(sizes), sizes, parts).results);
      for (const other of others) expect(other).toEqual(one);
    }
  });

  it('keeps its digits over a million numbers far from 0', () => {
    const x = randomArray(5, 2 ** 20, 1).map((value) => value + 1000);
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    const { kernels: k, put, room, get } = arrays;
    const [outMean, outVariance] = [room(1), room(1)];
    for (const [rows, positions] of [
      [x.length, 1],
      [64, x.length / 64],
    ] as const) {
      k.batchStatistics(put(x), outMean, outVariance, rows, 1, positions, 0, 1);
      expect(Math.abs(get(outMean, 1)[0]! / mean - 1)).toBeLessThan(1e-7);
      expect(Math.abs(get(outVariance, 1)[0]! / variance - 1)).toBeLessThan(1e-6);
    }
  });

  it.each([NaN, Infinity, 3e38])('%d in one channel shows there and nowhere else', (bad) => {
    for (const sizes of [
      [4, 6, 1],
      [2, 3, 5],
    ]) {
      const [, channels, positions] = sizes as [number, number, number];
      const [x, ...rest] = drawn(sizes);
      x[positions] = bad;
      const { results } = kernels(x, ...rest, sizes, 1);
      results[0]!.forEach((value, i) => expect(Number.isNaN(value)).toBe(Math.floor(i / positions) % channels === 1));
    }
  });
});

describe('the running average', () => {
  it('is ρ average + (1 − ρ) value at every size from 0 to 33', () => {
    const { kernels: k, put, get } = arrays;
    for (let n = 0; n <= 33; n++) {
      const [average, value] = [randomArray(n, n), randomArray(n + 1, n)];
      const address = put(average);
      k.runningAverage(address, put(value), n, 0.9, 0.1);
      get(address, n).forEach((x, i) => expect(x).toBeCloseTo(0.9 * average[i]! + 0.1 * value[i]!, 6));
    }
  });

  it('ends at 0 instead of among the denormals, and keeps NaN', () => {
    const { kernels: k, put, get } = arrays;
    const address = put([2e-38, NaN]);
    for (let step = 0; step < 10; step++) k.runningAverage(address, put([0, 0]), 2, 0.9, 0.1);
    expect([...get(address, 2)]).toEqual([0, NaN]);
  });
});
