import { createTextBudget, type TextBudget } from './column-builder';
import type { Column } from './column';
import { profileOfNumbers, profileOfTexts } from './column-profile';
import { GrowingCodes } from './growing-array';
import { GUARANTEED_TEXTS, MAX_CATEGORIES } from './limits';
import { FloatList } from './number-list';

const MAX_FLOAT32 = 3.4028234663852886e38;
/** Whole numbers below this are found in a list instead of a map. */
const SMALL = 2 ** 16;

/**
 * A column out of numbers at hand, as if they had been read from a file: NaN is a hole, and what is beyond the range of float32 is no
 * number. Different values are kept as texts, so that the column may be taken for categories, until they are too many for `budget`.
 *
 * @param numbers only read, not kept
 */
export function columnOfNumbers(
  name: string,
  numbers: ArrayLike<number>,
  budget: TextBudget = createTextBudget(),
): Column {
  return columnOfDifferent(name, numbers, budget) ?? columnOfMany(name, numbers);
}

/** Null where the different values are too many to remember. */
function columnOfDifferent(name: string, numbers: ArrayLike<number>, budget: TextBudget): Column | null {
  const { length } = numbers;
  const limit = Math.min(MAX_CATEGORIES, Math.max(GUARANTEED_TEXTS, budget.texts));
  const small = new Int32Array(SMALL);
  const others = new Map<number, number>();
  const different = [NaN];
  const counts = [0];
  const codes = new GrowingCodes();
  for (let row = 0; row < length; row++) {
    const value = numbers[row]!;
    let code: number;
    if (value >= 0 && value < SMALL && Math.floor(value) === value) {
      code = small[value]!;
      if (code === 0) code = small[value] = different.push(value) - 1;
    } else if (Number.isNaN(value)) {
      code = 0;
    } else {
      code = others.get(value) ?? 0;
      if (code === 0) others.set(value, (code = different.push(value) - 1));
    }
    if (code === counts.length) {
      if (code > limit) return null;
      counts.push(0);
    }
    codes.push(code);
    counts[code]!++;
  }
  const texts = different.map((value, code) => (code === 0 ? '' : String(value)));
  budget.texts -= texts.length;
  budget.characters -= texts.reduce((sum, text) => sum + text.length, 0);
  const values = Float64Array.from(different, inRange);
  const wrong = different.filter((value, code) => code > 0 && Number.isNaN(inRange(value)));
  const notNumbers = different.reduce(
    (sum, value, code) => (code > 0 && Number.isNaN(inRange(value)) ? sum + counts[code]! : sum),
    0,
  );
  const profile = profileOfTexts(values, counts, notNumbers, wrong.slice(0, 3).map(String));
  return { name, length, codes: codes.toArray(), texts, counts, values, numbers: null, profile };
}

function columnOfMany(name: string, numbers: ArrayLike<number>): Column {
  const { length } = numbers;
  const seen = { holes: 0, notNumbers: 0, examples: [] as string[], length };
  const kept = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const value = numbers[row]!;
    kept[row] = inRange(value);
    if (Number.isNaN(value)) seen.holes++;
    else if (Number.isNaN(kept[row])) {
      seen.notNumbers++;
      if (seen.examples.length < 3) seen.examples.push(String(value));
    }
  }
  const list = new FloatList(kept);
  const profile = profileOfNumbers(list, seen);
  return { name, length, codes: null, texts: [''], counts: [0], values: new Float64Array(1), numbers: list, profile };
}

function inRange(value: number): number {
  return Math.abs(value) <= MAX_FLOAT32 ? value : NaN;
}
