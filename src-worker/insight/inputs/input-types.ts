import type { FeatureTransform } from '../../api';

/**
 * One feature as a person meets it: what it can be, and what is usual of it in the training part. A *value* is one number: the number itself, days
 * since 1970 UTC for a date, an index of `names` for a category or a boolean.
 */
export interface InputField {
  readonly column: string;
  readonly type: FeatureTransform['type'];
  /** The least and the largest value of the training part. */
  readonly min: number;
  readonly max: number;
  /** The median; of a category or a boolean the most frequent value. */
  readonly typical: number;
  /** Whether every value is a whole number. */
  readonly whole: boolean;
  /** Of a category its names, the last one for all others where these share an input; of a boolean no and yes; else empty. */
  readonly names: readonly string[];
}
