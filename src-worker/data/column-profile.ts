import type { ColumnProfile } from './column';
import { MAX_CATEGORIES } from './limits';

/** The profile of a column that kept its texts: every value counts as often as its text appears, so rows are not needed. */
export function profileOfTexts(
  values: Float64Array,
  counts: readonly number[],
  notNumbers: number,
  examples: readonly string[],
): ColumnProfile {
  const holes = counts[0]!;
  let present = 0;
  let sum = 0;
  let numbers = 0;
  let min = Infinity;
  let max = -Infinity;
  let integers = true;
  const different = new Set<number>();
  let otherTexts = 0;
  for (let code = 1; code < values.length; code++) {
    const value = values[code]!;
    present += counts[code]!;
    if (Number.isNaN(value)) {
      otherTexts++;
      continue;
    }
    different.add(value);
    numbers += counts[code]!;
    sum += value * counts[code]!;
    min = Math.min(min, value);
    max = Math.max(max, value);
    integers &&= Number.isInteger(value);
  }
  const mean = sum / numbers;
  let squares = 0;
  for (let code = 1; code < values.length; code++) {
    const distance = values[code]! - mean;
    if (!Number.isNaN(distance)) squares += counts[code]! * distance * distance;
  }
  return {
    holes,
    present,
    notNumbers,
    examples,
    distinct: different.size + otherTexts,
    distinctNumbers: different.size,
    integers: integers && numbers > 0,
    numeric: numbers === 0 ? null : { min, max, mean, deviation: Math.sqrt(squares / numbers) },
  };
}

/** The profile of a column whose texts were too many to keep, so its different values can only be bounded from below. */
export function profileOfNumbers(
  numbers: Float64Array | null,
  seen: { holes: number; notNumbers: number; examples: readonly string[]; length: number },
): ColumnProfile {
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  let integers = true;
  for (const value of numbers ?? []) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    integers &&= Number.isInteger(value);
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of numbers ?? []) {
    if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  }
  return {
    holes: seen.holes,
    present: seen.length - seen.holes,
    notNumbers: seen.notNumbers,
    examples: seen.examples,
    distinct: Math.min(MAX_CATEGORIES, seen.length),
    distinctNumbers: numbers === null ? 0 : Math.min(MAX_CATEGORIES, count),
    integers: integers && count > 0,
    numeric: count === 0 ? null : { min, max, mean, deviation: Math.sqrt(squares / count) },
  };
}
