import { beforeAll, describe, expect, it } from 'vitest';
import { activations } from '../activations';
import { normalDensity, normalProbability } from '../activations/normal-distribution';
import { createRandom } from '../random';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';
import { functions, type ElementwiseKind } from './program';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

const SMALLEST = 2 ** -149;

/** Every magnitude that float32 has, both signs, denser where the functions bend. */
function everyMagnitude(): Float32Array {
  const values = [0, -0];
  for (let exponent = -149; exponent < 128; exponent++) {
    for (const mantissa of [1, 1.1, 1.37, 1.5, 1.83]) values.push(mantissa * 2 ** exponent, -mantissa * 2 ** exponent);
  }
  for (let x = -110; x <= 110; x += 0.00917) values.push(x);
  return Float32Array.from(values);
}

function randomArray(seed: number, length: number, scale = 2): Float32Array {
  const random = createRandom(seed, 'elementwise');
  return Float32Array.from({ length }, () => scale * random.normal());
}

/** Largest relative error; a difference of one denormal is none. */
function worst(actual: Float32Array, exact: (i: number) => number): number {
  let error = 0;
  actual.forEach((value, i) => {
    const right = exact(i);
    const rounded = Math.fround(right);
    if (Object.is(value, rounded) || value === rounded) return;
    const difference = Math.abs(value - right);
    if (difference > SMALLEST) error = Math.max(error, difference / Math.abs(right));
    if (Number.isNaN(difference)) error = Infinity;
  });
  return error;
}

function map(kernel: (x: number, out: number, count: number) => void, x: Float32Array): Float32Array {
  const out = arrays.room(x.length);
  kernel(arrays.put(x), out, x.length);
  return arrays.get(out, x.length);
}

function forward(kind: ElementwiseKind, z: Float32Array): Float32Array {
  return map((x, out, count) => arrays.kernels.elementwise(functions[kind], x, out, count), z);
}

describe('exp', () => {
  it('has relative error below 1e-7, denormals and overflow included', () => {
    const x = everyMagnitude();
    expect(worst(map(arrays.kernels.exp, x), (i) => Math.exp(x[i]!))).toBeLessThan(1e-7);
  });

  it('takes NaN, infinities and 0 as they are', () => {
    const out = map(arrays.kernels.exp, Float32Array.of(NaN, Infinity, -Infinity, 0, 89, -104));
    expect([...out]).toEqual([NaN, Infinity, 0, 1, Infinity, 0]);
  });
});

describe('sigmoid', () => {
  it('has relative error below 2e-7 over all of float32', () => {
    const z = everyMagnitude();
    const exact = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
    expect(worst(forward('sigmoid', z), (i) => exact(z[i]!))).toBeLessThan(2e-7);
  });

  it('saturates at 0 and 1 and keeps NaN', () => {
    const out = forward('sigmoid', Float32Array.of(NaN, Infinity, -Infinity, 0, 200, -200));
    expect([...out]).toEqual([NaN, 1, 0, 0.5, 1, 0]);
  });
});

describe('tanh', () => {
  it('has relative error below 2e-7 over all of float32', () => {
    const z = everyMagnitude();
    expect(worst(forward('tanh', z), (i) => Math.tanh(z[i]!))).toBeLessThan(2e-7);
  });

  it('saturates at −1 and 1, keeps the sign of 0 and NaN', () => {
    const out = forward('tanh', Float32Array.of(NaN, Infinity, -Infinity, 0, -0, 9.2, -9.2));
    expect([...out]).toEqual([NaN, 1, -1, 0, -0, 1, -1]);
  });
});

describe('relu', () => {
  it('is exact and keeps NaN', () => {
    const z = Float32Array.of(NaN, Infinity, -Infinity, 0, 1.5, -1.5, SMALLEST);
    expect([...forward('relu', z)]).toEqual([NaN, Infinity, 0, 0, 1.5, 0, Math.fround(SMALLEST)]);
  });
});

describe('leaky-relu', () => {
  it('is exact and keeps NaN', () => {
    const z = Float32Array.of(NaN, Infinity, -Infinity, 0, 1.5, -1.5);
    const expected = [NaN, Infinity, -Infinity, 0, 1.5, Math.fround(-1.5 * Math.fround(0.01))];
    expect([...forward('leaky-relu', z)]).toEqual(expected);
  });
});

describe('elu', () => {
  it('has relative error below 2e-7 over all of float32', () => {
    const z = everyMagnitude();
    const exact = (x: number): number => (x > 0 ? x : Math.expm1(x));
    expect(worst(forward('elu', z), (i) => exact(z[i]!))).toBeLessThan(2e-7);
  });

  it('ends at −1, is itself above 0 and keeps NaN', () => {
    const out = forward('elu', Float32Array.of(NaN, Infinity, -Infinity, 0, 200, -200));
    expect([...out]).toEqual([NaN, Infinity, -1, 0, 200, -1]);
  });
});

describe('gelu', () => {
  const LEAST = -13;
  const steps = (): Float32Array => Float32Array.from({ length: 400_001 }, (_, i) => LEAST + i / 10_000);

  it('has relative error below 5e-7 from z = −13 on, at 400,001 places and every magnitude', () => {
    for (const z of [steps(), everyMagnitude().filter((x) => x >= LEAST)]) {
      expect(worst(forward('gelu', z), (i) => z[i]! * normalProbability(z[i]!))).toBeLessThan(5e-7);
    }
  });

  it('has its slope within 3e-7', () => {
    const z = steps();
    const [value, da, out] = [arrays.put(z), arrays.put(new Float32Array(z.length).fill(1)), arrays.room(z.length)];
    arrays.kernels.elementwiseBackward(functions.gelu, value, da, out, z.length);
    let error = 0;
    arrays.get(out, z.length).forEach((slope, i) => {
      const exact = normalProbability(z[i]!) + z[i]! * normalDensity(z[i]!);
      error = Math.max(error, Math.abs(slope - exact));
    });
    expect(error).toBeLessThan(3e-7);
  });

  it('is 0 far below, itself far above, and keeps NaN; −∞ · 0 is NaN too', () => {
    const out = forward('gelu', Float32Array.of(NaN, Infinity, -Infinity, 0, 20, -14, -1000));
    expect([...out].map(Math.abs)).toEqual([NaN, Infinity, NaN, 0, 20, 0, 0]);
  });
});

describe.each(Object.keys(functions) as ElementwiseKind[])('%s', (kind) => {
  it('goes forward and back like the reference within 1e-6, at every size from 0 to 33', () => {
    const { kernels, put, room, get } = arrays;
    for (let n = 0; n <= 33; n++) {
      const [z, da] = [randomArray(n + 1, n), randomArray(n + 2, n)];
      const [a, delta] = [new Float64Array(n), new Float64Array(n)];
      activations[kind].forward(z, a, 1, n);
      activations[kind].backward(z, a, da, delta, 1, n);
      const value = forward(kind, z);
      value.forEach((x, i) => expect(Math.abs(x - a[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(a[i]!))));
      const out = room(n);
      kernels.elementwiseBackward(functions[kind], put(kind === 'gelu' ? z : value), put(da), out, n);
      get(out, n).forEach((x, i) => expect(Math.abs(x - delta[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(da[i]!))));
    }
  });
});
