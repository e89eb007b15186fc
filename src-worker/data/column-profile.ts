import type { ColumnProfile } from './column';
import { countDifferent } from './count-different';
import { MAX_CATEGORIES } from './limits';
import type { NumberList } from './number-list';

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
    if (value < min) min = value;
    if (value > max) max = value;
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

/** The profile of a column that kept no texts; null where it kept no numbers either. */
export function profileOfNumbers(
  numbers: NumberList | null,
  seen: { holes: number; notNumbers: number; examples: readonly string[]; length: number },
): ColumnProfile {
  const length = numbers?.length ?? 0;
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  let integers = true;
  for (let row = 0; row < length; row++) {
    const value = numbers!.at(row);
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    if (integers && !Number.isInteger(value)) integers = false;
  }
  const mean = sum / count;
  let squares = 0;
  for (let row = 0; row < length; row++) {
    const distance = numbers!.at(row) - mean;
    if (!Number.isNaN(distance)) squares += distance * distance;
  }
  const distinctNumbers = numbers === null ? 0 : countDifferent(numbers);
  return {
    holes: seen.holes,
    present: seen.length - seen.holes,
    notNumbers: seen.notNumbers,
    examples: seen.examples,
    distinct: numbers === null ? Math.min(MAX_CATEGORIES, seen.length) : distinctNumbers + Math.min(1, seen.notNumbers),
    distinctNumbers,
    integers: integers && count > 0,
    numeric: count === 0 ? null : { min, max, mean, deviation: Math.sqrt(squares / count) },
  };
}
