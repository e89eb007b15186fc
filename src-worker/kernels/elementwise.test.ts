import { beforeAll, describe, expect, it } from 'vitest';
import { activations } from '../activations';
import { losses } from '../losses';
import { createRandom } from '../random';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

const sizes = Array.from({ length: 34 }, (_, i) => i);

function randomArray(seed: number, length: number, scale = 2): Float32Array {
  const random = createRandom(seed, 'elementwise');
  return Float32Array.from({ length }, () => scale * random.normal());
}

describe('softmax', () => {
  it('goes forward and back like the reference within 1e-6, at every width from 1 to 33, and writes nothing behind', () => {
    const { kernels, put, room, get } = arrays;
    for (const n of sizes.slice(1)) {
      const rows = 3;
      const [z, da] = [randomArray(n, rows * n, 4), randomArray(n + 2, rows * n)];
      const [exact, delta] = [new Float64Array(rows * n), new Float64Array(rows * n)];
      activations.softmax.forward(z, exact, rows, n);
      activations.softmax.backward(z, exact, da, delta, rows, n);
      const [a, out] = [room(rows * n), room(rows * n)];
      kernels.softmax(put(z), a, rows, n);
      kernels.softmaxBackward(a, put(da), out, rows, n);
      get(a, rows * n).forEach((x, i) => expect(Math.abs(x - exact[i]!)).toBeLessThan(1e-6));
      get(out, rows * n).forEach((x, i) => expect(Math.abs(x - delta[i]!)).toBeLessThan(3e-6));
      expect([...get(a + 4 * rows * n, 4), ...get(out + 4 * rows * n, 4)]).toEqual(new Array(8).fill(NaN));
    }
  });

  it('keeps a row of huge logits finite, and NaN within its row', () => {
    const { kernels, put, room, get } = arrays;
    const a = room(9);
    kernels.softmax(put(Float32Array.of(1e30, -1e30, 0, NaN, 1, 2, 0, 0, 0)), a, 3, 3);
    const third = Math.fround(1 / 3);
    expect([...get(a, 9)]).toEqual([1, 0, 0, NaN, NaN, NaN, third, third, third]);
  });
});

describe('losses', () => {
  const activation = activations.identity;

  it('squared: the reference within 1e-6 relative, and da = a − y', () => {
    const { kernels, put, room, get } = arrays;
    for (const n of sizes) {
      const [a, y] = [randomArray(n, n), randomArray(n + 7, n)];
      const exact = losses.squared.loss({ z: a, a, y, rows: 1, columns: n, activation });
      const da = room(n);
      expect(Math.abs(kernels.squaredLoss(put(a), put(y), da, n) - exact)).toBeLessThanOrEqual(1e-6 * exact);
      expect([...get(da, n)]).toEqual([...a].map((value, i) => Math.fround(value - y[i]!)));
    }
  });

  it('logistic: the reference within 1e-6 relative, saturated units and 5,000 examples included', () => {
    const { kernels, put } = arrays;
    for (const n of [...sizes, 255, 256, 257, 1020, 1024, 1025, 5000]) {
      for (const scale of [0, 1, 40]) {
        const z = randomArray(n, n, scale);
        const y = Float32Array.from({ length: n }, (_, i) => (i * 7) % 2);
        const exact = losses.logistic.loss({ z, a: z, y, rows: n, columns: 1, activation });
        expect(Math.abs(kernels.logisticLoss(put(z), 0, put(y), 0, n) - exact)).toBeLessThanOrEqual(1e-6 * exact);
      }
    }
  });

  it('cross-entropy: the reference within 1e-6 relative, saturated rows and 5,000 examples included', () => {
    const { kernels, put } = arrays;
    for (const [rows, n] of [
      [0, 3],
      [1, 2],
      [3, 4],
      [7, 5],
      [5000, 10],
      [11, 33],
    ] as const) {
      for (const scale of [0, 1, 40]) {
        const z = randomArray(rows, rows * n, scale);
        const y = Float32Array.from({ length: rows * n }, (_, i) => Number(i % n === (i * 31) % n));
        for (let row = 0; row < rows; row++) {
          y.fill(0, row * n, (row + 1) * n);
          y[row * n + ((row * 7) % n)] = 1;
        }
        const exact = losses['cross-entropy'].loss({ z, a: z, y, rows, columns: n, activation });
        const loss = kernels.crossEntropyLoss(put(z), 0, put(y), 0, rows, n);
        expect(Math.abs(loss - exact)).toBeLessThanOrEqual(1e-6 * exact);
      }
    }
  });

  it('logistic and cross-entropy: delta = a − y', () => {
    const { kernels, put, room, get } = arrays;
    const [a, y] = [randomArray(1, 15), randomArray(2, 15)];
    const expected = [...a].map((value, i) => Math.fround(value - y[i]!));
    const delta = room(15);
    kernels.logisticLoss(put(a), put(a), put(y), delta, 15);
    expect([...get(delta, 15)]).toEqual(expected);
    kernels.crossEntropyLoss(put(a), put(a), put(y), delta, 3, 5);
    expect([...get(delta, 15)]).toEqual(expected);
  });

  it('NaN in z is NaN in the loss', () => {
    const { kernels, put } = arrays;
    const z = put([1, NaN, 2]);
    const y = put([0, 1, 0]);
    expect(kernels.squaredLoss(z, y, 0, 3)).toBeNaN();
    expect(kernels.logisticLoss(z, 0, y, 0, 3)).toBeNaN();
    expect(kernels.crossEntropyLoss(z, 0, y, 0, 1, 3)).toBeNaN();
  });
});

describe('allFinite', () => {
  it('finds one NaN or infinity at any place', () => {
    const { kernels, put } = arrays;
    for (let at = 0; at < 8; at++) {
      const x = new Float32Array(8).fill(3e38);
      expect(kernels.allFinite(put(x), 8)).toBe(1);
      for (const bad of [NaN, Infinity, -Infinity]) {
        x[at] = bad;
        expect(kernels.allFinite(put(x), 8)).toBe(0);
      }
    }
  });
});
