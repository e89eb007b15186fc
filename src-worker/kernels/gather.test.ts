import { beforeAll, describe, expect, it } from 'vitest';
import { createKernelArrays, type KernelArrays } from '../testing/kernel-arrays';

let arrays: KernelArrays;

beforeAll(async () => {
  arrays = await createKernelArrays();
});

const widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33];

describe('gather', () => {
  it.each(widths)('takes rows of %i floats in the given order, and as they lie without one', (width) => {
    const { kernels, put, putWords, room, get } = arrays;
    const rows = Float32Array.from({ length: 6 * width }, (_, i) => i);
    const order = [5, 0, 3, 1, 4, 2];
    const source = putWords([put(rows), 0, 0, 0]);
    const target = room(3 * width);
    kernels.gather(source, putWords(order), 2, 3, width, target);
    const row = (i: number): number[] => [...rows.slice(i * width, (i + 1) * width)];
    expect([...get(target, 3 * width)]).toEqual([3, 1, 4].flatMap(row));
    kernels.gather(source, 0, 2, 3, width, target);
    expect([...get(target, 3 * width)]).toEqual([2, 3, 4].flatMap(row));
  });

  it.each(widths)(
    'widens images of 2 channels and %i pixels as (byte − offset[c]) · scale[c], rounded at each step',
    (pixels) => {
      const { kernels, put, putBytes, putWords, room, get } = arrays;
      const width = 2 * pixels;
      const bytes = Uint8Array.from({ length: 4 * width }, (_, i) => (i * 37) % 256);
      const offset = Float32Array.of(33.3, 0);
      const scale = Float32Array.of(1 / 79, 1 / 255);
      const source = putWords([putBytes(bytes), 2, put(offset), put(scale)]);
      const target = room(2 * width);
      kernels.gather(source, putWords([3, 1]), 0, 2, width, target);
      const expected = [3, 1].flatMap((row) =>
        Array.from({ length: width }, (_, i) => {
          const c = Math.floor(i / pixels);
          return Math.fround(Math.fround(bytes[row * width + i]! - offset[c]!) * scale[c]!);
        }),
      );
      expect([...get(target, 2 * width)]).toEqual(expected);
      expect([...get(target + 8 * width, 4)]).toEqual([NaN, NaN, NaN, NaN]);
    },
  );

  it('gathers nothing for a batch of no rows', () => {
    const { kernels, put, putWords, room, get } = arrays;
    const target = room(2);
    kernels.gather(putWords([put([1, 2]), 0, 0, 0]), 0, 0, 0, 2, target);
    expect([...get(target, 2)]).toEqual([NaN, NaN]);
  });
});
