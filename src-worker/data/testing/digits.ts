import { expect } from 'vitest';
import { loadData } from '..';
import { defaultDataSpec } from '../../experiment/defaults';
import { createRandom } from '../../random';
import type { LabelledImages } from '../loaded';
import { pngBytes } from './png';
import { concat, zip } from './zip';

const SIDE = 28;

/**
 * Draws images with ten labels and reads them as IDX, as PNGs in folders and as an archive of these; every pixel and every label has to agree.
 *
 * @returns the seconds that reading took
 */
export async function compareWithIdx(count: number): Promise<{ folder: number; archive: number }> {
  const random = createRandom(1, 'digits');
  // Strokes on black, as digits are: they pack as well as those do.
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, () => Math.max(0, random.integer(512) - 256));
  const labels = Uint8Array.from({ length: count }, (_, n) => (n < 10 ? n : random.integer(10)));
  const images = Array.from({ length: count }, (_, n) => ({
    name: `${labels[n]}/${String(n).padStart(5, '0')}.png`,
    content: pngBytes(SIDE, SIDE, 1, pixels.subarray(n * SIDE * SIDE, (n + 1) * SIDE * SIDE)),
  }));
  const idx = [
    new File([concat([idxHeader(count, SIDE, SIDE), pixels])], 'digits-idx3-ubyte'),
    new File([concat([idxHeader(count), labels])], 'labels-idx1-ubyte'),
  ];
  const expected = await read(idx);
  const folder = await read(images.map(({ name, content }) => new File([content], `digits/${name}`)));
  const archive = await read([new File([zip(images.map((image) => ({ ...image, stored: true })))], 'digits.zip')]);
  // Folders come in the order in which their files were given, here that of IDX.
  for (const { images: found } of [folder, archive]) {
    expect(found).toMatchObject({ count, channels: 1, width: SIDE, height: SIDE });
    expect(Buffer.compare(found.pixels as Uint8Array, expected.images.pixels as Uint8Array)).toBe(0);
    expect([...found.labels].map((label) => Number(found.classNames![label]))).toEqual([...expected.images.labels]);
  }
  return { folder: folder.seconds, archive: archive.seconds };
}

async function read(files: readonly File[]): Promise<{ images: LabelledImages; seconds: number }> {
  const started = performance.now();
  const loaded = await loadData(defaultDataSpec({ files: [], testFiles: [] }), files, []);
  const seconds = (performance.now() - started) / 1000;
  if (!loaded.ok || loaded.value.kind !== 'images') throw new Error(JSON.stringify(loaded));
  return { images: loaded.value.images, seconds };
}

function idxHeader(...shape: readonly number[]): Uint8Array {
  return Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, size >> 8, size & 255])]);
}
