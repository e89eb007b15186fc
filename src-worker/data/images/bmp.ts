import { bmpRunLengths } from './bmp-run-lengths';
import type { ImageFormat } from './image-format';
import { ImageError, overBackground, type Raster } from './raster';

/** What the two headers of a bitmap say. Source: Microsoft, “Bitmap Storage” and BITMAPV5HEADER, Windows App Development. */
interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first row is the lowest. */
  readonly bottomUp: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  readonly paletteAt: number;
  /** Bytes of a colour of the palette. */
  readonly entryBytes: number;
  readonly colors: number;
  /** Of red, green, blue and alpha in a pixel of 16 or 32 bits. */
  readonly masks: readonly number[];
}

const PLAIN = 0;
const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;
const CORE_HEADER = 12;

/** Windows bitmaps: 1, 4, 8, 16, 24 and 32 bits, run lengths and bit fields. */
export const bmp: ImageFormat = {
  label: 'BMP',

  // The four bytes after the length are reserved as 0; a text that begins with BM has letters there.
  accepts: (head) => head[0] === 0x42 && head[1] === 0x4d && head[6] === 0 && head[7] === 0 && head[15] === 0,

  size(bytes) {
    const { width, height } = headerOf(bytes);
    return { width, height };
  },

  decode(bytes) {
    const header = headerOf(bytes);
    return header.bits <= 8 ? fromPalette(bytes, header) : fromMasks(bytes, header);
  },
};

function headerOf(bytes: Uint8Array): BmpHeader {
  if (bytes.length < 26) throw new ImageError('it was cut off in its header');
  const view = viewOf(bytes);
  const headerBytes = view.getUint32(14, true);
  const core = headerBytes === CORE_HEADER;
  if (!core && (headerBytes < 40 || 14 + headerBytes > bytes.length)) {
    throw new ImageError('its header has an impossible length');
  }
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const rows = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = core ? PLAIN : view.getUint32(30, true);
  if (width <= 0 || rows === 0) throw new ImageError(`its size, ${width} × ${Math.abs(rows)}, is impossible`);
  checkKind(bits, compression);
  const fields = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  // The short header has the masks behind it, a longer one in it.
  const maskBytes = fields && headerBytes === 40 ? (compression === BIT_FIELDS ? 12 : 16) : 0;
  if (54 + maskBytes > bytes.length && !core) throw new ImageError('it was cut off in its header');
  const declared = core ? 0 : view.getUint32(46, true);
  return {
    width,
    height: Math.abs(rows),
    bottomUp: rows > 0,
    bits,
    compression,
    pixelsAt: view.getUint32(10, true),
    paletteAt: 14 + headerBytes + maskBytes,
    entryBytes: core ? 3 : 4,
    colors: bits > 8 ? 0 : declared === 0 ? 2 ** bits : Math.min(declared, 2 ** bits),
    masks: fields ? masksIn(view, headerBytes, compression) : bits === 16 ? MASKS_16 : MASKS_32,
  };
}

const MASKS_16 = [0x7c00, 0x3e0, 0x1f, 0];
const MASKS_32 = [0xff0000, 0xff00, 0xff, 0];

function masksIn(view: DataView, headerBytes: number, compression: number): readonly number[] {
  const withAlpha = headerBytes >= 56 || compression === ALPHA_BIT_FIELDS;
  return [54, 58, 62, 66].map((at, index) => (index < 3 || withAlpha ? view.getUint32(at, true) : 0));
}

function checkKind(bits: number, compression: number): void {
  const allowed =
    compression === PLAIN
      ? [1, 4, 8, 16, 24, 32]
      : compression === RLE8
        ? [8]
        : compression === RLE4
          ? [4]
          : compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS
            ? [16, 32]
            : [];
  if (allowed.length === 0) throw new ImageError(`it is packed by method ${compression}, which is not read`);
  if (!allowed.includes(bits)) throw new ImageError(`it has ${bits} bits a pixel, which does not exist`);
}

function fromPalette(bytes: Uint8Array, header: BmpHeader): Raster {
  const { width, height, bits, compression, colors, paletteAt, entryBytes } = header;
  if (paletteAt + colors * entryBytes > bytes.length) throw new ImageError('it was cut off in its palette');
  const indices =
    compression === PLAIN
      ? plainIndices(bytes, header)
      : bmpRunLengths(bytes.subarray(header.pixelsAt), width, height, bits === 4);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = header.bottomUp ? height - 1 - y : y;
    for (let x = 0; x < width; x++) {
      const index = indices[row * width + x]!;
      if (index >= colors) throw new ImageError(`a pixel asks for colour ${index} of a palette of ${colors}`);
      const from = paletteAt + index * entryBytes;
      const at = (y * width + x) * 3;
      // Blue comes first in the file.
      pixels[at] = bytes[from + 2]!;
      pixels[at + 1] = bytes[from + 1]!;
      pixels[at + 2] = bytes[from]!;
    }
  }
  return { width, height, channels: 3, pixels };
}

/** Rows are filled up to four bytes each. */
function rowBytesOf({ width, bits }: BmpHeader): number {
  return Math.ceil((width * bits) / 32) * 4;
}

function checkLength(bytes: Uint8Array, header: BmpHeader): void {
  // The filling of the last row may be missing: nothing is lost with it.
  const needed = rowBytesOf(header) * (header.height - 1) + Math.ceil((header.width * header.bits) / 8);
  if (header.pixelsAt + needed > bytes.length) throw new ImageError('it was cut off in its pixels');
}

function plainIndices(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  checkLength(bytes, header);
  const { width, height, bits, pixelsAt } = header;
  const rowBytes = rowBytesOf(header);
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      const byte = bytes[pixelsAt + y * rowBytes + (bit >> 3)]!;
      indices[y * width + x] = (byte >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return indices;
}

function fromMasks(bytes: Uint8Array, header: BmpHeader): Raster {
  checkLength(bytes, header);
  const { width, height, bits, pixelsAt, bottomUp, masks } = header;
  const rowBytes = rowBytesOf(header);
  const pixels = new Uint8Array(width * height * 3);
  const bytesPerPixel = bits / 8;
  const readers = masks.map(channelReader);
  const [, , , alphaOf] = readers;
  for (let y = 0; y < height; y++) {
    const row = pixelsAt + (bottomUp ? height - 1 - y : y) * rowBytes;
    for (let x = 0; x < width; x++) {
      let value = 0;
      for (let k = bytesPerPixel - 1; k >= 0; k--) value = value * 256 + bytes[row + x * bytesPerPixel + k]!;
      const alpha = masks[3] === 0 ? 255 : alphaOf!(value);
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) pixels[at + c] = overBackground(readers[c]!(value), alpha);
    }
  }
  return { width, height, channels: 3, pixels };
}

/** Takes the bits of a mask out of a pixel and stretches them to 0 … 255. */
function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
