import type { Part } from '../engine';
import type { SplitMethod, SplitSpec } from '../experiment/document';
import { createRandom } from '../random';
import { divideInOrder, splitRows, splitFolds, type Shares, type Split } from './split';

/** The rows to split, and what a method may ask of them. Rows are counted from 0 among those that take part. */
export interface SplitRequest {
  readonly count: number;
  /** Class of each row where classes keep their shares; null where nothing is to be kept. */
  readonly groupOf: Int32Array | null;
  readonly spec: SplitSpec;
  /** The test part is a file of its own, so that none of these rows is needed for it. */
  readonly ownTest: boolean;
  /** `column`: the part that a row's cell names. */
  readonly partOf: (row: number) => Part;
  /** `order`: what rows are sorted by; null where they stay as they lie. NaN comes first. */
  readonly keyOf: ((row: number) => number) | null;
}

type Splitter = (request: SplitRequest) => Split;

const splitters = {
  shares: ({ count, groupOf, spec, ownTest }) =>
    splitRows(count, groupOf, sharesOf(spec, ownTest), createRandom(spec.seed, 'split')),

  order({ count, spec, ownTest, keyOf }) {
    const rows = Array.from({ length: count }, (_, row) => row);
    if (keyOf !== null) {
      const keys = Float64Array.from(rows, keyOf);
      const keyAt = (row: number): number => (Number.isNaN(keys[row]) ? -Infinity : keys[row]!);
      // Two rows of the same time keep the order of the file; −∞ less −∞ is no number.
      rows.sort((a, b) => (keyAt(a) === keyAt(b) ? a - b : keyAt(a) - keyAt(b)));
    }
    return divideInOrder(rows, sharesOf(spec, ownTest));
  },

  column({ count, partOf }) {
    const rows = { train: [] as number[], dev: [] as number[], test: [] as number[] };
    for (let row = 0; row < count; row++) rows[partOf(row)].push(row);
    return { train: Uint32Array.from(rows.train), dev: Uint32Array.from(rows.dev), test: Uint32Array.from(rows.test) };
  },

  folds({ count, groupOf, spec, ownTest }) {
    const test = ownTest ? 0 : spec.test;
    return splitFolds(count, groupOf, { test, folds: spec.folds, fold: spec.fold }, createRandom(spec.seed, 'split'));
  },
} satisfies Readonly<Record<SplitMethod, Splitter>>;

/** Divides rows into the three parts by the method that the document names. */
export function split(request: SplitRequest): Split {
  return splitters[request.spec.method](request);
}

/** With a test file of its own, what the test share would take is trained on. */
function sharesOf({ train, dev, test }: SplitSpec, ownTest: boolean): Shares {
  return ownTest ? { train: train + test, dev, test: 0 } : { train, dev, test };
}
