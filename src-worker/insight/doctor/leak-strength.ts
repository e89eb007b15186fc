import type { FeatureTransform } from '../../api';
import type { Leak } from './doctor-types';
import type { Table } from './neighbours';

/** A correlation with the target this close to ±1 is no coincidence where other columns matter too. */
const CORRELATION = 0.995;
/** Fewer rows lie on a line by chance: two always do. */
const FEWEST_ROWS = 20;
/** Share of the rows that a column must answer alone. */
const PURITY = 0.995;
/** A column that knows the class has few values, each of them in many rows. */
const ROWS_PER_VALUE = 8;
/** Distance of the means of neighbouring classes, in deviations within them: a coded class with some noise on it. */
const APART = 8;

/** The first column that alone gives the answer; images have no columns, and of a single column there is nothing else to ask. */
export function leakOf(
  { x, rows, columns, answers, classes }: Table,
  features: readonly FeatureTransform[],
): Leak | null {
  if (features.length < 2 || rows < FEWEST_ROWS) return null;
  const truths = answers.slice(0, rows);
  let from = 0;
  for (const feature of features) {
    const width = inputsOf(feature);
    const category = feature.type === 'category';
    const values = Array.from({ length: rows }, (_, row) => {
      const start = row * columns + from;
      return category ? x.subarray(start, start + width).findIndex((value) => value > 0.5) : x[start]!;
    });
    from += width;
    const strength =
      classes > 0
        ? leakOfClasses(values, truths, classes, features.length > 2)
        : category
          ? null
          : leakOfNumbers(values, truths);
    if (strength !== null) return { column: feature.column, strength, rows };
  }
  return null;
}

function inputsOf(feature: FeatureTransform): number {
  if (feature.type === 'category') return feature.categories.length + (feature.other ? 1 : 0);
  return feature.type === 'date' ? 1 + 2 * feature.cycles.length : 1;
}

/** Size of the correlation of a column with a target of numbers; null below `CORRELATION`. */
function leakOfNumbers(values: readonly number[], target: readonly number[]): number | null {
  const [x, y] = [centred(values), centred(target)];
  const product = Math.sqrt(squares(x) * squares(y));
  if (product === 0) return null;
  const r = Math.abs(x.reduce((sum, value, k) => sum + value * y[k]!, 0)) / product;
  return r >= CORRELATION ? Math.min(1, r) : null;
}

/**
 * Share of the rows whose class a column tells alone; null where it does not. Either it has few values, nearly each of one class, or, where
 * `numbers` is true, its values lie in one narrow heap for each class, far apart.
 */
function leakOfClasses(
  values: readonly number[],
  classes: readonly number[],
  count: number,
  numbers: boolean,
): number | null {
  const rows = values.length;
  const byValue = new Map<number, number[]>();
  values.forEach((value, row) => {
    const tally = byValue.get(value) ?? new Array<number>(count).fill(0);
    tally[classes[row]!]! += 1;
    byValue.set(value, tally);
  });
  if (byValue.size >= count && byValue.size * ROWS_PER_VALUE <= rows) {
    const right = [...byValue.values()].reduce((sum, tally) => sum + Math.max(...tally), 0);
    return right / rows >= PURITY ? right / rows : null;
  }
  return numbers && inHeaps(values, classes, count) ? 1 : null;
}

function inHeaps(values: readonly number[], classes: readonly number[], count: number): boolean {
  const groups = Array.from({ length: count }, (_, k) => values.filter((_value, row) => classes[row] === k));
  if (groups.some((group) => group.length < 2)) return false;
  const means = groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
  const within = groups.reduce((sum, group) => sum + squares(centred(group)), 0);
  const deviation = Math.sqrt(within / values.length);
  const sorted = means.toSorted((a, b) => a - b);
  return sorted.every((mean, k) => k === 0 || mean - sorted[k - 1]! > APART * deviation);
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function squares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
