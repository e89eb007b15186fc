import type { ColumnSpec, DataSpec, FeatureTransform } from '../../api';
import type { FloatArray } from '../../tensor';
import type { Column } from '../column';
import type { RawCell } from '../raw-cell';
import type { Reading } from '../reading';

/** What a document says about preparing one column: its own word, else that for all. */
export interface FeatureSettings {
  readonly missing: DataSpec['missing'];
  readonly scaling: DataSpec['scaling'];
  readonly rare: number;
}

export function settingsFor(spec: Pick<DataSpec, 'missing' | 'scaling' | 'rare'>, own: ColumnSpec): FeatureSettings {
  return { missing: own.missing ?? spec.missing, scaling: own.scaling ?? spec.scaling, rare: own.rare ?? spec.rare };
}

/**
 * One type of feature, from raw cells to the network's inputs. A cell is first a *value*, one number: of numbers the number itself, of booleans
 * 0 or 1, of dates days since 1970, of categories their index. NaN is a hole.
 */
export interface FeatureKind<T extends FeatureTransform = FeatureTransform> {
  /** Learns the transform from the training rows and no others. */
  fit(column: Column, reading: Reading, train: Uint32Array, settings: FeatureSettings): T;
  /** The names of its inputs, in order. */
  inputs(feature: T): readonly string[];
  /** The value of each row of a table's column. */
  fromColumn(feature: T, column: Column): (row: number) => number;
  /** The value of a raw cell; null where it holds something that this type cannot read. */
  fromCell(feature: T): (cell: RawCell) => number | null;
  /** Writes the inputs of one value into x, whose numbers there are 0, from `at` on; holes are filled. */
  write(feature: T): (value: number, x: FloatArray, at: number) => void;
  /** The value that has the inputs in x from `at` on, up to rounding; NaN where no value has them, as a hole among categories. */
  read(feature: T): (x: FloatArray, at: number) => number;
  /** What a cell has to hold, as the end of a sentence: `a number`. */
  readonly expected: (feature: T) => string;
  /** The numbers that a saved or exported model needs to be finite. */
  numbers(feature: T): readonly number[];
}
