import type { PreparedData } from '../data/prepared';
import type { EncodedInputs, Examples, Part } from '../engine';
import type { DataSpec } from '../experiment/document';
import { sizeOf } from '../tensor';
import type { SweepData, SweepPart } from './sweep-types';

/** Longest that other messages wait, such as those of the training. */
const PIECE_MS = 8;
/** Numbers or bytes between two looks at the clock. */
const PIECE = 2 ** 16;

/**
 * Copies prepared data into memory that other workers can read, or where the page may share none, into memory that is copied for each.
 * @param breathe lets other messages in
 * @throws RangeError where there is not enough memory
 */
export async function packData(
  prepared: PreparedData,
  spec: DataSpec,
  breathe: () => Promise<void> = letMessagesIn,
): Promise<SweepData> {
  const { summary, preprocessing, ranges } = prepared;
  const pack = async (part: Part): Promise<SweepPart | null> => {
    // How many outputs a network has decides over its targets: those are made where it is built.
    const examples = prepared.bindable(part, usualOutputs(prepared), 'float32');
    if (examples === null) return null;
    const { count, x } = examples;
    const size = sizeOf(preprocessing.inputShape);
    const targets = new Float64Array(room(8 * count));
    await inPieces(count, PIECE, breathe, (from, to) => {
      for (let n = from; n < to; n++) targets[n] = prepared.targetOf(part, n);
    });
    const rows = Math.max(1, Math.floor(PIECE / size));
    if ('bytes' in x) {
      const bytes = new Uint8Array(room(count * size));
      await inPieces(count, rows, breathe, (from, to) =>
        bytes.set(x.bytes.subarray(from * size, to * size), from * size),
      );
      const pixels = { offset: Float32Array.from(x.offset), scale: Float32Array.from(x.scale) };
      return { count, x: bytes, pixels, targets };
    }
    const floats = new Float32Array(room(4 * count * size));
    await inPieces(count, rows, breathe, (from, to) => writeRows(x, floats, from, to, size));
    return { count, x: floats, pixels: null, targets };
  };
  const parts = { train: await pack('train'), dev: await pack('dev'), test: await pack('test') };
  // Pictures of the data are nothing to train on.
  const plain = { ...summary, preview: [], images: [], variants: [], points: null };
  return { spec, summary: plain, preprocessing, ranges, parts };
}

/** As many outputs as fit every network on these data. */
function usualOutputs({ preprocessing: { task, target } }: PreparedData): number {
  return task === 'regression' ? 1 : target.classes.length;
}

function writeRows(
  x: Exclude<Examples['x'], { readonly bytes: Uint8Array }> | EncodedInputs,
  into: Float32Array,
  from: number,
  to: number,
  size: number,
): void {
  const rows = into.subarray(from * size, to * size);
  if (!('write' in x)) rows.set(x.subarray(from * size, to * size));
  else
    x.write(
      rows,
      Uint32Array.from({ length: to - from }, (_, n) => from + n),
    );
}

async function inPieces(
  count: number,
  piece: number,
  breathe: () => Promise<void>,
  work: (from: number, to: number) => void,
): Promise<void> {
  let started = performance.now();
  for (let from = 0; from < count; from += piece) {
    work(from, Math.min(count, from + piece));
    if (performance.now() - started < PIECE_MS) continue;
    await breathe();
    started = performance.now();
  }
}

/** Shared where the page is isolated. */
function room(bytes: number): ArrayBufferLike {
  return globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
