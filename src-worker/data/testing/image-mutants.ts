import { expect } from 'vitest';
import { loadCodecFromDisk } from '../../../src-main/cli/load-codec';
import { createRandom } from '../../random';
import golden from '../golden/images.json' with { type: 'json' };
import { createCodecs, decodeImage, ImageError } from '../images';
import { damage } from './mutants';

const MAX_MILLISECONDS = 10_000;

/** One image of each way to write a format. */
export const imageSubjects = [
  'rgba.png',
  'palette with a transparent colour.png',
  '16 bits.png',
  'palette.bmp',
  'rgba.bmp',
  'interlaced.gif',
  'long codes.gif',
  'baseline.jpg',
  'progressive.jpg',
  'orientation 6.jpg',
  'lossy.webp',
  'lossless.webp',
];

/**
 * Decodes `count` mutants of an image: each gives pixels of the announced number or an {@link ImageError}, in time, and the good image still is
 * what it was after them.
 *
 * @returns how many were refused
 */
export async function decodeMutants(name: string, count: number): Promise<number> {
  const codecs = createCodecs(loadCodecFromDisk);
  const good = Uint8Array.from(Buffer.from(golden.images.find((image) => image.name === name)!.file, 'base64'));
  const expected = await decodeImage(good, codecs);
  let refused = 0;
  for (let seed = 0; seed < count; seed++) {
    const started = performance.now();
    try {
      const { width, height, channels, pixels } = await decodeImage(
        damage(good, createRandom(seed, 'mutant', name)),
        codecs,
      );
      expect(pixels).toHaveLength(width * height * channels);
    } catch (error) {
      if (!(error instanceof ImageError)) throw new Error(`${name}, seed ${seed}`, { cause: error });
      expect(error.message).toMatch(/\S/);
      refused++;
    }
    expect(performance.now() - started, `seed ${seed}`).toBeLessThan(MAX_MILLISECONDS);
  }
  expect(await decodeImage(good, codecs)).toEqual(expected);
  return refused;
}
