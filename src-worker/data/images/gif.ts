import { gifIndices } from './gif-indices';
import type { ImageFormat } from './image-format';
import { ImageError, type Raster } from './raster';

/** Source: CompuServe, Graphics Interchange Format, version 89a, 1990, §17 to §23. */
const TRAILER = 0x3b;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const GRAPHIC_CONTROL = 0xf9;
/** Where an interlaced image has its rows: first and step of each pass (Appendix E). */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** GIF: the first frame, over white where it is transparent or does not cover the whole. */
export const gif: ImageFormat = {
  label: 'GIF',

  accepts: (head) => /^GIF8[79]a/.test(String.fromCharCode(...head.subarray(0, 6))),

  size(bytes) {
    if (bytes.length < 13) throw new ImageError('it was cut off in its header');
    const width = u16(bytes, 6);
    const height = u16(bytes, 8);
    if (width === 0 || height === 0) throw new ImageError(`its size, ${width} × ${height}, is impossible`);
    return { width, height };
  },

  decode(bytes) {
    const { width, height } = gif.size(bytes);
    const common = paletteAt(bytes, 13, bytes[10]!);
    let at = 13 + common.length;
    let transparent = -1;
    for (;;) {
      const block = bytes[at++];
      if (block === IMAGE) return frame(bytes, at, { width, height, common, transparent });
      if (block === undefined) throw new ImageError('it was cut off before its first image');
      if (block === TRAILER) throw new ImageError('it holds no image');
      if (block !== EXTENSION) throw new ImageError(`it is damaged at byte ${at - 1}`);
      // Size 4, flags of which the lowest says whether a colour is transparent, two bytes of delay, that colour.
      if (bytes[at] === GRAPHIC_CONTROL && (bytes[at + 2]! & 1) === 1) transparent = bytes[at + 5] ?? -1;
      at = endOfBlocks(bytes, at + 1);
    }
  },
};

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly common: Uint8Array;
  readonly transparent: number;
}

function frame(bytes: Uint8Array, at: number, { width, height, common, transparent }: Screen): Raster {
  if (at + 9 > bytes.length) throw new ImageError('it was cut off in its first image');
  const [left, top, columns, rows] = [0, 2, 4, 6].map((offset) => u16(bytes, at + offset)) as [
    number,
    number,
    number,
    number,
  ];
  const flags = bytes[at + 8]!;
  const own = paletteAt(bytes, at + 9, flags);
  const palette = own.length > 0 ? own : common;
  const codesAt = at + 9 + own.length;
  if (left + columns > width || top + rows > height) throw new ImageError('its first image is larger than the whole');
  const indices = gifIndices(blocksOf(bytes, codesAt + 1), bytes[codesAt]!, columns * rows);
  const pixels = new Uint8Array(width * height * 3).fill(255);
  const order = (flags & 0x40) === 0 ? null : interlacedRows(rows);
  for (let row = 0; row < rows; row++) {
    const y = top + (order === null ? row : order[row]!);
    for (let x = 0; x < columns; x++) {
      const index = indices[row * columns + x]!;
      if (index === transparent) continue;
      if (index * 3 + 3 > palette.length) throw new ImageError(`a pixel asks for colour ${index}, which is not there`);
      pixels.set(palette.subarray(index * 3, index * 3 + 3), (y * width + left + x) * 3);
    }
  }
  return { width, height, channels: 3, pixels };
}

function interlacedRows(rows: number): readonly number[] {
  return PASSES.flatMap(([first, step]) =>
    Array.from({ length: Math.ceil(Math.max(0, rows - first) / step) }, (_, index) => first + index * step),
  );
}

function paletteAt(bytes: Uint8Array, at: number, flags: number): Uint8Array {
  const length = (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
  if (at + length > bytes.length) throw new ImageError('it was cut off in its palette');
  return bytes.subarray(at, at + length);
}

/** Blocks of up to 255 bytes, each behind its length, up to an empty one. */
function* blocksOf(bytes: Uint8Array, start: number): Generator<Uint8Array> {
  for (let at = start; ;) {
    const length = bytes[at];
    if (length === undefined || at + 1 + length > bytes.length) throw new ImageError('it was cut off in its pixels');
    if (length === 0) return;
    yield bytes.subarray(at + 1, at + 1 + length);
    at += 1 + length;
  }
}

function endOfBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (const block of blocksOf(bytes, start)) at += 1 + block.length;
  return at + 1;
}

function u16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}
