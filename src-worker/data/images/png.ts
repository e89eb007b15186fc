import { crc32 } from '../formats/crc32';
import type { ImageFormat } from './image-format';
import { inflateExactly } from './inflate-exactly';
import { pngPixels } from './png-pixels';
import { ImageError } from './raster';

/** What IHDR says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly color: number;
  readonly interlaced: boolean;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The bits a sample that each colour type allows. Source: W3C, PNG 2nd edition, Table 11.1. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const LARGEST = 2 ** 31 - 1;

/** PNG, every colour type, depth and interlacing; of an animation the first frame. Gamma and colour profiles are not applied. */
export const png: ImageFormat = {
  label: 'PNG',

  accepts: (head) => SIGNATURE.slice(0, 4).every((byte, index) => head[index] === byte),

  size(bytes) {
    const { width, height } = headerOf(bytes);
    return { width, height };
  },

  decode(bytes) {
    const header = headerOf(bytes);
    const parts: Uint8Array[] = [];
    let palette: Uint8Array | null = null;
    let transparency: Uint8Array | null = null;
    let ended = false;
    for (const { type, data } of chunksOf(bytes)) {
      if (type === 'PLTE') palette = data;
      else if (type === 'tRNS') transparency = data;
      else if (type === 'IDAT') parts.push(data);
      else if (type === 'IEND') ended = true;
    }
    if (!ended) throw new ImageError('it was cut off before its end');
    if (parts.length === 0) throw new ImageError('it holds no pixels (no IDAT chunk)');
    if (header.color === 3 && (palette === null || palette.length === 0 || palette.length % 3 !== 0)) {
      throw new ImageError('its palette is missing or damaged');
    }
    const bytesOfPasses = passesOf(header).reduce((sum, { rowBytes, rows }) => sum + rows * (rowBytes + 1), 0);
    return pngPixels(header, inflateExactly(parts, bytesOfPasses), palette, transparency);
  },
};

function headerOf(bytes: Uint8Array): PngHeader {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
    throw new ImageError('its first bytes were changed, as by a transfer as text');
  }
  const { value: chunk } = chunksOf(bytes).next();
  if (chunk?.type !== 'IHDR' || chunk.data.length !== 13) throw new ImageError('its header is missing');
  const view = viewOf(chunk.data);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, color, compression, filter, interlace] = chunk.data.subarray(8) as unknown as number[];
  if (width === 0 || height === 0 || width > LARGEST || height > LARGEST) {
    throw new ImageError(`its size, ${width} × ${height}, is impossible`);
  }
  if (DEPTHS[color!]?.includes(depth!) !== true) {
    throw new ImageError(`its header asks for colour type ${color} with ${depth} bits, which does not exist`);
  }
  if (compression !== 0 || filter !== 0 || interlace! > 1) {
    throw new ImageError('its header asks for a compression, filter or interlacing that does not exist');
  }
  return { width, height, depth: depth!, color: color!, interlaced: interlace === 1 };
}

/** The chunks up to IEND. Their checksums are verified where the pixels depend on them. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new ImageError(`it is damaged at byte ${at}`);
    if (end + 4 > bytes.length) throw new ImageError('it was cut off before its end');
    // A small first letter marks what a reader may skip; transparency is such a chunk, and counts.
    const critical = /^[A-Z]|^tRNS$/.test(type);
    if (critical && crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw new ImageError(`the checksum of its ${type} chunk at byte ${at} does not match`);
    }
    yield { type, data: bytes.subarray(at + 8, end) };
    if (type === 'IEND') return;
    at = end + 4;
  }
}

/** One pass over the image, in the order of the file; `rowBytes` without the byte of the filter. */
export interface PngPass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
  readonly rowBytes: number;
}

/** First column and row of each pass of Adam7 and the steps between. Source: W3C, PNG 2nd edition, §8.2. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Samples a pixel has. */
export function samplesOf({ color }: PngHeader): number {
  return color === 2 ? 3 : color === 6 ? 4 : color === 4 ? 2 : 1;
}

/** The passes that have pixels: one, or the seven of Adam7. */
export function passesOf(header: PngHeader): readonly PngPass[] {
  const bits = samplesOf(header) * header.depth;
  return (header.interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const))
    .map(([x, y, stepX, stepY]) => {
      const columns = Math.ceil(Math.max(0, header.width - x) / stepX);
      const rows = Math.ceil(Math.max(0, header.height - y) / stepY);
      return { x, y, stepX, stepY, columns, rows, rowBytes: Math.ceil((columns * bits) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
