import { expect, test } from 'vitest';
import type { Scaling } from '../api';
import { fitChannels, pixelsOf } from './image-pixels';
import type { LabelledImages, PixelArray } from './loaded';

/** Two images of two channels and 1 × 2 pixels; a third one that is not looked at. */
function images(pixels: PixelArray): LabelledImages {
  const labels = Int32Array.of(0, 1, 0);
  return { file: 'i', labelFile: 'l', count: 3, channels: 2, height: 1, width: 2, pixels, labels, classNames: null };
}

const values = [0, 2, 10, 10, 4, 6, 30, 30, 99, 99, 99, 99];
const rows = Uint32Array.of(0, 1);

test.each([
  ['standard', { offset: 3, scale: 1 / Math.sqrt(5) }, { offset: 20, scale: 1 / 10 }],
  ['min-max', { offset: 0, scale: 1 / 6 }, { offset: 10, scale: 1 / 20 }],
  ['none', { offset: 0, scale: 1 }, { offset: 0, scale: 1 }],
] as const)('%s scaling is fitted for each channel, on the given images alone', (scaling: Scaling, first, second) => {
  for (const pixels of [Uint8Array.from(values), Float64Array.from(values)]) {
    const fitted = fitChannels(images(pixels), rows, scaling);
    expect(fitted.map(({ offset }) => offset)).toEqual([first.offset, second.offset]);
    fitted.forEach(({ scale }, channel) => expect(scale).toBeCloseTo([first, second][channel]!.scale, 12));
  }
});

test('bytes stay bytes, other values are scaled channel by channel', () => {
  const scalings = [
    { offset: 1, scale: 2 },
    { offset: 10, scale: 0.5 },
  ];
  expect(pixelsOf(images(Uint8Array.from(values)), rows, scalings, 'float64')).toEqual({
    bytes: Uint8Array.from(values.slice(0, 8)),
    offset: Float64Array.of(1, 10),
    scale: Float64Array.of(2, 0.5),
  });
  expect(pixelsOf(images(Int16Array.from(values)), rows, scalings, 'float64')).toEqual(
    Float64Array.of(-2, 2, 0, 0, 6, 10, 10, 10),
  );
});
