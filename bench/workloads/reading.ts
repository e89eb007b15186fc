import { createRandom } from '../../src-worker/random';
import type { ReadingWorkload } from '../contract';

const COLUMNS = 20;

/** Drawn once and repeated: drawing 20 million numbers would take longer than reading them. */
const BLOCK_ROWS = 50_000;

/** Files of numbers as people have them: tables, MNIST's own format and size, and what NumPy saves. */
export const readings: readonly ReadingWorkload[] = [
  csvOf('csv-100k', 100_000),
  csvOf('csv-1m', 1_000_000),
  {
    kind: 'reading',
    name: 'idx-60k',
    title: 'IDX, gzip, 60,000 × 28 × 28',
    ...{ file: 'images-idx3-ubyte.gz', format: 'idx', rows: 60_000, columns: 784 },
    generate: generateIdx,
  },
  {
    kind: 'reading',
    name: 'npy-1m',
    title: 'NPY, 1,000,000 × 20 float32',
    ...{ file: 'table.npy', format: 'npy', rows: 1_000_000, columns: COLUMNS },
    generate: () => Promise.resolve(generateNpy(1_000_000)),
  },
];

/** Places that are compared: spread over the file, the first and the last number among them. */
export function comparedPlaces({ rows, columns }: ReadingWorkload): (readonly [row: number, column: number])[] {
  const COUNT = 16;
  return Array.from({ length: COUNT }, (_, i) => [
    Math.round((i * (rows - 1)) / (COUNT - 1)),
    i === COUNT - 1 ? columns - 1 : (i * 7) % columns,
  ]);
}

function csvOf(name: string, rows: number): ReadingWorkload {
  return {
    kind: 'reading',
    name,
    title: `CSV, ${rows.toLocaleString('en')} × ${COLUMNS}`,
    ...{ file: `${name}.csv`, format: 'csv', rows, columns: COLUMNS },
    generate: () => Promise.resolve(generateCsv(rows)),
  };
}

/** Six decimal places, some 190 bytes a row, below a line of names. */
function generateCsv(rows: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(1, 'reading', 'csv');
  const lines = Array.from({ length: Math.min(rows, BLOCK_ROWS) }, () =>
    Array.from({ length: COLUMNS }, () => ((random.uniform() - 0.5) * 10).toFixed(6)).join(','),
  );
  const names = `${Array.from({ length: COLUMNS }, (_, n) => `x${n + 1}`).join(',')}\n`;
  const encoder = new TextEncoder();
  const [head, block] = [encoder.encode(names), encoder.encode(`${lines.join('\n')}\n`)];
  const bytes = new Uint8Array(head.length + block.length * (rows / lines.length));
  bytes.set(head);
  for (let at = head.length; at < bytes.length; at += block.length) bytes.set(block, at);
  return bytes;
}

/** Four fifths of the pixels are black, as in written digits, so that it packs about as well. */
async function generateIdx(): Promise<Uint8Array<ArrayBuffer>> {
  const random = createRandom(1, 'reading', 'idx');
  const bytes = new Uint8Array(16 + 60_000 * 784);
  const view = new DataView(bytes.buffer);
  [0x803, 60_000, 28, 28].forEach((value, i) => view.setUint32(4 * i, value));
  for (let at = 16; at < bytes.length; at++) if (random.integer(5) === 0) bytes[at] = random.integer(256);
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** As numpy.save writes it: version 1.0, the header filled up to a multiple of 64 bytes. */
function generateNpy(rows: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(1, 'reading', 'npy');
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${COLUMNS}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`${dictionary.padEnd(length - 1)}\n`);
  const bytes = new Uint8Array(10 + length + rows * COLUMNS * 4);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  bytes.set(header, 10);
  const values = new DataView(bytes.buffer, 10 + length);
  for (let at = 0; at < rows * COLUMNS; at++) values.setFloat32(4 * at, random.uniform(), true);
  return bytes;
}
