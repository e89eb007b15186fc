import type { PreparedData } from '../../data/prepared';
import { sizeOf } from '../../tensor';
import type { InputForm } from './probe-types';

/** Training images that are looked at. */
const MOST_IMAGES = 100;

/** What an image has to be that is drawn by hand for a network of these data; null for tables. */
export function describeImages({
  preprocessing,
  raw,
}: Pick<PreparedData, 'preprocessing' | 'raw'>): InputForm['image'] {
  if (preprocessing.pixels === null) return null;
  const shape = preprocessing.inputShape;
  const [, height = 1, width = 1] = shape;
  const pixels = Float32Array.from(raw('train', MOST_IMAGES)?.pixels ?? new Float32Array(sizeOf(shape)));
  const low = pixels.reduce((least, value) => Math.min(least, value), pixels[0]!);
  const high = pixels.reduce((most, value) => Math.max(most, value), pixels[0]!);
  let edges = 0;
  let count = 0;
  pixels.forEach((value, i) => {
    const at = i % (height * width);
    const [row, column] = [Math.floor(at / width), at % width];
    if (row > 0 && row < height - 1 && column > 0 && column < width - 1) return;
    edges += value;
    count++;
  });
  return { shape, low, high, dark: edges / count <= (low + high) / 2, whole: pixels.every(Number.isInteger) };
}
