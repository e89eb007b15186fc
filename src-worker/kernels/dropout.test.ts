import { expect, it } from 'vitest';
import { maskBits, maskSeed, maskThreshold } from '../layers/dropout-mask';
import { createKernelArrays } from '../testing/kernel-arrays';

const FACTOR = 1.25;

it.each([
  [7, 0],
  [0xfedcba98, 0xffffffff],
  [611742426, 123_456],
])(
  'dropout with key %d at step %d has the mask of the reference at every size from 0 to 33, from any place on',
  async (key, step) => {
    const { kernels, put, room, get } = await createKernelArrays();
    const threshold = maskThreshold(0.4);
    const seed = maskSeed(key, step);
    for (let n = 0; n <= 33; n++) {
      for (const index of [0, 16, 2 ** 31 - 8, 2 ** 32 - 16]) {
        const out = room(n);
        const x = Float32Array.from({ length: n }, (_, i) => i + 1);
        kernels.dropout(put(x), out, n, index, key, step, threshold, FACTOR);
        const expected = Array.from(
          x,
          (value, i) => value * (maskBits(seed, (index + i) % 2 ** 32) >= threshold ? FACTOR : 0),
        );
        expect([...get(out, n)]).toEqual(expected);
      }
    }
  },
);

it('dropout keeps everything at rate 0, and hides neither NaN nor infinity', async () => {
  const { kernels, put, room, get } = await createKernelArrays();
  const x = Float32Array.from({ length: 64 }, (_, i) => i);
  const out = room(64);
  kernels.dropout(put(x), out, 64, 0, 7, 0, maskThreshold(0), 1);
  expect(get(out, 64)).toEqual(x);
  kernels.dropout(put(new Float32Array(64).fill(NaN)), out, 64, 0, 7, 0, maskThreshold(0.9), 10);
  expect(get(out, 64).every(Number.isNaN)).toBe(true);
  kernels.dropout(put(new Float32Array(64).fill(Infinity)), out, 64, 0, 7, 0, maskThreshold(0.9), 10);
  expect(get(out, 64).some(Number.isFinite)).toBe(false);
});
