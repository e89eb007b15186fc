import { deflate } from 'pako';
import { describe, expect, test } from 'vitest';
import { loadCodecFromDisk } from '../../../src-main/cli/load-codec';
import golden from '../golden/images.json' with { type: 'json' };
import { pngBytes, pngChunk } from '../testing/png';
import { concat } from '../testing/zip';
import { createCodecs, decodeImage, ImageError, imageSize } from '.';

const codecs = createCodecs(loadCodecFromDisk);
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64, 'base64'));

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await decodeImage(bytes, codecs);
  } catch (error) {
    if (error instanceof ImageError) return error.message;
    throw error;
  }
  throw new Error('expected to be refused');
}

describe('the pixels that Pillow finds', () => {
  test.each(golden.images)('$name', async ({ file, width, height, expected, tolerance }) => {
    const bytes = bytesOf(file);
    expect(imageSize(bytes)).toEqual({ width, height });
    const image = await decodeImage(bytes, codecs);
    expect(image).toMatchObject({ width, height });
    const pixels = bytesOf(expected);
    const worst = pixels.reduce((most, value, at) => {
      const found = image.pixels[image.channels === 3 ? at : Math.floor(at / 3)]!;
      return Math.max(most, Math.abs(found - value));
    }, 0);
    expect(worst).toBeLessThanOrEqual(tolerance);
  });

  test('a grey image saved in three channels has one', async () => {
    const grey = Uint8Array.of(0, 7, 255, 3);
    const rgb = Uint8Array.from([...grey].flatMap((value) => [value, value, value]));
    expect(await decodeImage(pngBytes(2, 2, 3, rgb), codecs)).toMatchObject({ channels: 1, pixels: grey });
  });
});

describe('damaged images', () => {
  const files = new Map(golden.images.map(({ name, file }) => [name, bytesOf(file)]));

  test.each([...files.keys()])('%s, cut short anywhere', async (name) => {
    const bytes = files.get(name)!;
    // Of a GIF the last bytes after the first frame say nothing, of a BMP the last row may lack its filling.
    const needed = /gif$/.test(name) ? 0.5 : 0.95;
    for (const share of [0.05, 0.3, 0.6, 0.95].filter((each) => each <= needed)) {
      await refusal(bytes.subarray(0, Math.floor(bytes.length * share)));
    }
  });

  test('a JPEG whose pixels stop in the middle, though its end mark is there', async () => {
    const bytes = files.get('baseline.jpg')!;
    const middle = bytes.subarray(0, bytes.length - 60);
    expect(await refusal(concat([middle, Uint8Array.of(0xff, 0xd9)]))).toContain('damaged');
    // The decoder that was left in the middle of it is not used again.
    expect(await decodeImage(bytes, codecs)).toMatchObject({ width: 12, height: 9 });
  });

  test('a changed byte of a PNG, by its checksum', async () => {
    const bytes = files.get('rgb.png')!.slice();
    bytes[60]! ^= 1;
    expect(await refusal(bytes)).toContain('checksum');
  });

  test('no image at all', async () => {
    expect(await refusal(new TextEncoder().encode('<html>'))).toBe('it is no PNG, JPEG, WebP, GIF or BMP image');
    expect(await refusal(new Uint8Array())).toBe('it is empty');
  });
});

describe('bombs', () => {
  const tiny = pngBytes(1, 1, 1, Uint8Array.of(0));
  const gif = bytes('GIF89a', [0xff, 0xff, 0xff, 0xff, 0, 0, 0]);
  const bmp = bytes('BM', [0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 24, 0]);
  const jpeg = bytes('', [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 17, 0]);
  const webp = bytes('RIFF', [
    22,
    0,
    0,
    0,
    ...chars('WEBPVP8X'),
    10,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    255,
    255,
    255,
  ]);

  test.each([
    ['PNG', pngBytes(1, 1, 1, Uint8Array.of(0), { width: 30_000, height: 30_000 })],
    ['GIF', gif],
    ['BMP', concat([bmp, new Uint8Array(40)])],
    ['JPEG', jpeg],
    ['WebP', webp],
  ])('a %s of more pixels than are decoded is refused by its header', async (_, bomb) => {
    expect(await refusal(bomb)).toMatch(/announces .* million/);
  });

  test('what is packed beyond the announced pixels is never unpacked', async () => {
    // 16 MB of zeros behind a single pixel.
    const packed = deflate(new Uint8Array(2 ** 24));
    const bomb = concat([tiny.subarray(0, 33), pngChunk('IDAT', packed), pngChunk('IEND', new Uint8Array())]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await decodeImage(bomb, codecs)).toMatchObject({ width: 1, height: 1 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 22);
  });

  test('few bytes behind a large announced size', async () => {
    expect(await refusal(pngBytes(1, 1, 1, Uint8Array.of(0), { width: 8_000, height: 8_000 }))).toContain(
      'fewer pixels',
    );
  });
});

test('JPEG and WebP are refused where nothing decodes them', async () => {
  const none = createCodecs(null);
  const { file } = golden.images.find(({ name }) => name === 'baseline.jpg')!;
  await expect(decodeImage(bytesOf(file), none)).rejects.toThrow('nothing is there that decodes it');
});

function chars(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

function bytes(start: string, rest: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...chars(start), ...rest]);
}
