import type { ModelSnapshot, Preprocessing, RawRow } from './api';
import type { PreparedData } from './data/prepared';
import type { CompiledNetwork, Part } from './engine';
import { encodeRows } from './inference';
import { fail, succeed, type Outcome } from './problem';
import { createRandom } from './random';
import { sizeOf, type FloatArray } from './tensor';

/** Raw inputs as a person has them, before any scaling: rows of a table, or images. */
export interface RawInputs {
  readonly count: number;
  /** Cells of the feature columns by name, as `TrainerApi.predict` takes them; empty for images. */
  readonly rows: readonly RawRow[];
  /** `[count, …inputShape]`, values as the image has them, 0 to 255 where it is of bytes; null for tables. */
  readonly pixels: FloatArray | null;
}

/** A few raw inputs with the app's own outputs: what an export carries along, so that it can be checked anywhere. */
export interface Proof extends RawInputs {
  /** Where they are from; `drawn` where no data are at hand and they were made up to fit the preprocessing. */
  readonly part: Part | 'drawn';
  /** ŷ `[count, outputs]` of the network at the weights that are exported; for regression still scaled. */
  readonly outputs: FloatArray;
}

/** Numbers that the raw inputs of a proof hold at most, unless a single image has more: a page of them, not a book. */
const MOST_NUMBERS = 20_000;

/** How many inputs of so many numbers a proof holds, where `most` are wished for. */
export function proofCount(most: number, size: number): number {
  return Math.max(1, Math.min(most, Math.floor(MOST_NUMBERS / Math.max(1, size))));
}

/** The first `most` raw inputs of the test part, else of dev, else of train, with the network's outputs. */
export function proveWith(network: CompiledNetwork, prepared: PreparedData, most: number): Outcome<Proof> {
  const { preprocessing } = prepared;
  const count = proofCount(most, sizeOf(preprocessing.inputShape));
  for (const part of ['test', 'dev', 'train'] as const) {
    const raw = prepared.raw(part, count);
    if (raw === null) continue;
    return succeed({ ...raw, part, outputs: network.predict(encodeRaw(preprocessing, raw), raw.count) });
  }
  return fail({
    code: 'proof/no-rows',
    message: 'There is no row to prove an export with.',
    hint: 'Load data first.',
  });
}

/** The network's input `[count, …inputShape]` of raw inputs, fresh. @throws ProblemError as {@link encodeRows} */
export function encodeRaw(preprocessing: Preprocessing, { rows, pixels }: RawInputs): FloatArray {
  return pixels === null ? encodeRows(preprocessing, rows) : scalePixels(preprocessing, pixels);
}

/** (value − offset[c]) · scale[c] for images `[count, …inputShape]`; fresh. */
export function scalePixels({ inputShape, pixels: scaling }: Preprocessing, pixels: ArrayLike<number>): Float32Array {
  const { offset = [0], scale = [1] } = scaling ?? {};
  const size = sizeOf(inputShape);
  const plane = size / offset.length;
  return Float32Array.from(pixels, (value, i) => {
    const channel = Math.floor((i % size) / plane);
    return (value - offset[channel]!) * scale[channel]!;
  });
}

/** Raw inputs that fit a model whose data are not at hand: every category, holes, dates and numbers of the scale it knows. */
export function drawInputs({ preprocessing }: Pick<ModelSnapshot, 'preprocessing'>, most: number): RawInputs {
  const { inputShape, features, pixels } = preprocessing;
  const count = proofCount(most, sizeOf(inputShape));
  const random = createRandom(1, 'proof');
  if (pixels !== null) {
    const values = Float32Array.from({ length: count * sizeOf(inputShape) }, () => random.integer(256));
    return { count, rows: [], pixels: values };
  }
  const spread = (scale: number): number => (scale === 0 ? 1 : 1 / scale);
  const cell = (feature: Preprocessing['features'][number]): RawRow[string] => {
    if (random.integer(8) === 0) return null;
    switch (feature.type) {
      case 'number':
        return Math.fround(feature.offset + random.normal() * spread(feature.scale));
      case 'category':
        return feature.categories[random.integer(Math.max(1, feature.categories.length))] ?? null;
      case 'boolean':
        return random.integer(2) === 0 ? feature.no : feature.yes;
      case 'date':
        return isoDate(feature.offset + random.normal() * spread(feature.scale));
    }
  };
  const rows = Array.from({ length: count }, () =>
    Object.fromEntries(features.map((feature) => [feature.column, cell(feature)])),
  );
  return { count, rows, pixels: null };
}

const DAY_MS = 86_400_000;

/** To the minute; null beyond the years of four figures. */
function isoDate(days: number): string | null {
  const minute = Math.round((days * DAY_MS) / 60_000) * 60_000;
  const text = Number.isFinite(minute) && Math.abs(minute) < 6e13 ? new Date(minute).toISOString() : '';
  return /^\d{4}-/.test(text) ? text.slice(0, 16) : null;
}
