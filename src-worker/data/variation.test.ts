import { describe, expect, it } from 'vitest';
import type { AugmentationSpec } from '../experiment/document';
import { createVariation, isVaried } from './variation';

const off: AugmentationSpec = { shift: 0, flip: 'none', rotate: 0, noise: 0, seed: 1 };

/** Image `index` of one channel as `epoch` sees it. */
function seen(spec: Partial<AugmentationSpec>, width: number, image: readonly number[], epoch: number, index: number) {
  const variation = createVariation({ ...off, ...spec }, [1, image.length / width, width], [255])!;
  const to = new Uint8Array(image.length);
  variation.vary(epoch, index, Uint8Array.from(image), 0, to, 0);
  return [...to];
}

const many = Array.from({ length: 200 }, (_, index) => index);
const image = [1, 2, 3, 4, 5, 6];

describe('an augmentation', () => {
  it('is none where everything is off', () => {
    expect(createVariation(off, [1, 2, 2], [255])).toBeNull();
    expect([isVaried(null), isVaried(off), isVaried({ ...off, noise: 0.1 })]).toEqual([false, false, true]);
  });

  it('flips about half of the images, and nothing else happens to them', () => {
    const across = many.map((index) => seen({ flip: 'horizontal' }, 3, image, 1, index).join(' '));
    expect(new Set(across)).toEqual(new Set(['1 2 3 4 5 6', '3 2 1 6 5 4']));
    const flipped = across.filter((pixels) => pixels.startsWith('3')).length;
    expect(flipped).toBeGreaterThan(70);
    expect(flipped).toBeLessThan(130);
    const down = many.map((index) => seen({ flip: 'vertical' }, 3, image, 1, index).join(' '));
    expect(new Set(down)).toEqual(new Set(['1 2 3 4 5 6', '4 5 6 1 2 3']));
    expect(new Set(many.map((index) => seen({ flip: 'both' }, 3, image, 1, index).join(' '))).size).toBe(4);
  });

  it('shifts by every number of whole pixels up to the largest, and its edge goes on', () => {
    const shifted = new Set(many.map((index) => seen({ shift: 1 }, 3, image, 1, index).join(' ')));
    expect(shifted.size).toBe(9);
    expect(shifted).toContain('1 1 2 4 4 5');
    expect(shifted).toContain('2 3 3 5 6 6');
    expect(shifted).toContain('4 5 6 4 5 6');
    expect(shifted).toContain('1 1 2 1 1 2');
  });

  it('turns a bar about the centre by any angle up to the largest, either way alike', () => {
    const bright = [0, 0, 0, 200, 200, 200, 0, 0, 0];
    const turned = many.map((index) => seen({ rotate: 90 }, 3, bright, 1, index));
    for (const pixels of turned) expect(pixels[4]).toBe(200);
    const middles = turned.map((pixels) => pixels[1]!);
    // Upright for an angle near 90 degrees, as good as untouched for one near 0.
    expect(Math.min(...middles)).toBeLessThan(5);
    expect(Math.max(...middles)).toBeGreaterThan(180);
    // Nothing gets brighter by it.
    const left = turned.filter((pixels) => pixels[0]! > pixels[2]!).length;
    expect(left).toBeGreaterThan(60);
    expect(left).toBeLessThan(140);
    expect(Math.max(...turned.flat())).toBe(200);
  });

  it('keeps an even image of one colour as it is, whatever the turn, the shift and the proportions', () => {
    const flat = new Array<number>(5 * 12).fill(77);
    for (const index of many) expect(seen({ rotate: 180, shift: 4, flip: 'both' }, 12, flat, 3, index)).toEqual(flat);
  });

  it('gives every number noise of the asked deviation, within what a byte can hold', () => {
    const grey = new Array<number>(10_000).fill(128);
    const noisy = seen({ noise: 0.1 }, 100, grey, 1, 0);
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length);
    // Four standard errors: 25.5 / √10,000 of the mean and 1 / √20,000 of the deviation.
    expect(Math.abs(mean - 128)).toBeLessThan(4 * 0.255);
    expect(Math.abs(deviation / 25.5 - 1)).toBeLessThan(4 * 0.00708);
    const black = seen({ noise: 0.5 }, 100, new Array<number>(10_000).fill(0), 1, 0);
    expect(black.filter((value) => value === 0).length).toBeGreaterThan(4500);
  });

  it('draws anew for every epoch, example and seed, and the same again', () => {
    const spec = { shift: 3, rotate: 20, noise: 0.2 };
    const picture = Array.from({ length: 64 }, (_, at) => (at * 37) % 256);
    const drawn = [
      seen(spec, 8, picture, 1, 0),
      seen(spec, 8, picture, 2, 0),
      seen(spec, 8, picture, 1, 1),
      seen({ ...spec, seed: 2 }, 8, picture, 1, 0),
    ].map(String);
    expect(new Set(drawn).size).toBe(4);
    expect(String(seen(spec, 8, picture, 1, 0))).toBe(drawn[0]);
  });

  it('moves all channels alike and gives each its own noise, in floats too', () => {
    const plane = Float64Array.from({ length: 25 }, (_, at) => Math.sin(at));
    const from = Float64Array.from([...plane, ...plane.map((value) => 2 * value)]);
    const to = new Float64Array(50);
    createVariation({ ...off, shift: 2, rotate: 30 }, [2, 5, 5], [1, 1])!.vary(1, 4, from, 0, to, 0);
    for (let at = 0; at < 25; at++) expect(to[25 + at]).toBeCloseTo(2 * to[at]!, 12);
    expect(to.subarray(0, 25)).not.toEqual(plane);
    createVariation({ ...off, noise: 0.1 }, [2, 5, 5], [1, 10])!.vary(1, 4, new Float64Array(50), 0, to, 0);
    const sizeOf = (values: Float64Array): number => Math.hypot(...values);
    expect(sizeOf(to.subarray(25)) / sizeOf(to.subarray(0, 25))).toBeGreaterThan(5);
  });
});
