import { passesOf, samplesOf, type PngHeader } from './png';
import { ImageError, overBackground, type Raster } from './raster';

/**
 * The image out of its unpacked scanlines, which are overwritten. Samples of fewer than 8 bits are stretched to 0 … 255 and those of 16 rounded
 * to 8; what is transparent is laid over white. Source: W3C, PNG 2nd edition, §9 (filters), §8 (interlacing), §13.12 (depths).
 *
 * @throws ImageError for a filter or a colour of the palette that does not exist
 */
export function pngPixels(
  header: PngHeader,
  lines: Uint8Array,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): Raster {
  const { width, height, depth, color } = header;
  const samples = samplesOf(header);
  const channels = color === 0 || color === 4 ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  const write = writerOf(header, palette, transparency);
  let start = 0;
  for (const { x, y, stepX, stepY, columns, rows, rowBytes } of passesOf(header)) {
    const bytesBack = Math.max(1, (samples * depth) >> 3);
    const row = new Uint16Array(columns * samples);
    for (let line = 0; line < rows; line++, start += rowBytes + 1) {
      unfilter(lines, start, rowBytes, bytesBack, line > 0);
      unpack(lines, start + 1, depth, row);
      const at = ((y + line * stepY) * width + x) * channels;
      for (let column = 0; column < columns; column++) {
        write(row, column * samples, pixels, at + column * stepX * channels);
      }
    }
  }
  return { width, height, channels, pixels };
}

/** Undoes the filter of the line at `start`, whose first byte names it; the line before has been undone already. */
function unfilter(lines: Uint8Array, start: number, rowBytes: number, back: number, hasAbove: boolean): void {
  const filter = lines[start]!;
  if (filter > 4) throw new ImageError(`a line of its pixels has filter ${filter}, which does not exist`);
  if (filter === 0) return;
  const first = start + 1;
  const above = start - rowBytes;
  for (let k = 0; k < rowBytes; k++) {
    const a = k < back ? 0 : lines[first + k - back]!;
    const b = hasAbove ? lines[above + k]! : 0;
    const c = hasAbove && k >= back ? lines[above + k - back]! : 0;
    lines[first + k]! += filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : paeth(a, b, c);
  }
}

function paeth(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

/** The samples of a line as numbers of their own. */
function unpack(lines: Uint8Array, start: number, depth: number, row: Uint16Array): void {
  if (depth === 8) {
    for (let k = 0; k < row.length; k++) row[k] = lines[start + k]!;
  } else if (depth === 16) {
    for (let k = 0; k < row.length; k++) row[k] = (lines[start + 2 * k]! << 8) | lines[start + 2 * k + 1]!;
  } else {
    const mask = (1 << depth) - 1;
    for (let k = 0; k < row.length; k++) {
      const bit = k * depth;
      row[k] = (lines[start + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
}

type WritePixel = (row: Uint16Array, from: number, pixels: Uint8Array, at: number) => void;

function writerOf(header: PngHeader, palette: Uint8Array | null, transparency: Uint8Array | null): WritePixel {
  const { depth, color } = header;
  const most = 2 ** depth - 1;
  const to8 = (sample: number): number => (depth === 8 ? sample : Math.floor((sample * 255 + (most >> 1)) / most));
  if (color === 3) return paletteWriter(palette!, transparency);
  const colors = color === 0 || color === 4 ? 1 : 3;
  if (color >= 4) {
    return (row, from, pixels, at) => {
      const alpha = to8(row[from + colors]!);
      for (let c = 0; c < colors; c++) pixels[at + c] = overBackground(to8(row[from + c]!), alpha);
    };
  }
  // Without alpha, one colour may stand for what is transparent.
  const key = transparency !== null && transparency.length >= 2 * colors ? transparency : null;
  const isKey = (row: Uint16Array, from: number): boolean => {
    for (let c = 0; c < colors; c++) if (row[from + c] !== ((key![2 * c]! << 8) | key![2 * c + 1]!)) return false;
    return true;
  };
  return (row, from, pixels, at) => {
    const alpha = key !== null && isKey(row, from) ? 0 : 255;
    for (let c = 0; c < colors; c++) pixels[at + c] = overBackground(to8(row[from + c]!), alpha);
  };
}

function paletteWriter(palette: Uint8Array, transparency: Uint8Array | null): WritePixel {
  const colors = palette.length / 3;
  const laid = palette.map((sample, index) => overBackground(sample, transparency?.[Math.floor(index / 3)] ?? 255));
  return (row, from, pixels, at) => {
    const index = row[from]!;
    if (index >= colors) throw new ImageError(`a pixel asks for colour ${index} of a palette of ${colors}`);
    for (let c = 0; c < 3; c++) pixels[at + c] = laid[index * 3 + c]!;
  };
}
