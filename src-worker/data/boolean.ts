import type { Column } from './column';

/** The two values of a column of yes and no, in lower case; numbers as JavaScript writes them. */
export interface BooleanWords {
  readonly no: string;
  readonly yes: string;
}

/** How people write no and yes. Only words that mean nothing else in another of these languages. */
const pairs: readonly (readonly [no: string, yes: string])[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['f', 't'],
  ['n', 'y'],
  ['off', 'on'],
  ['falsch', 'wahr'],
  ['nein', 'ja'],
  ['n', 'j'],
  ['faux', 'vrai'],
  ['non', 'oui'],
  ['falso', 'verdadero'],
  ['no', 'sí'],
  ['no', 'si'],
  ['não', 'sim'],
  ['nie', 'tak'],
  ['нет', 'да'],
];

/** `is_weekend`, `hasGarden`: 0 and 1 under such a name are an answer and not a count. */
const QUESTION = /^(?:is|has|was|had|can)(?:[\s_.-]|(?=[A-Z]))/;

/** What the column's values say no and yes with; null where they are no such pair. */
export function findBooleanWords(column: Column): BooleanWords | null {
  const words = differentWords(column);
  if (words?.length !== 2) return null;
  const pair = pairs.find(([no, yes]) => words.includes(no) && words.includes(yes));
  if (pair !== undefined) return { no: pair[0], yes: pair[1] };
  return words.includes('0') && words.includes('1') && QUESTION.test(column.name) ? { no: '0', yes: '1' } : null;
}

/**
 * What any column of two values would say no and yes with: a known pair, else the lesser number, or the word that sorts first, is no.
 * One known word alone brings its partner along. Null where there are more values, or fewer and none of them known.
 */
export function takeBooleanWords(column: Column): BooleanWords | null {
  const found = findBooleanWords(column);
  if (found !== null) return found;
  const words = differentWords(column);
  if (words === null || words.length === 0 || words.length > 2) return null;
  if (words.length === 1) {
    const pair = [...pairs, ['0', '1'] as const].find((each) => each.includes(words[0]!));
    return pair === undefined ? null : { no: pair[0], yes: pair[1] };
  }
  const numbers = words.every((word) => Number.isFinite(Number(word)));
  const [no, yes] = words.sort((a, b) => (numbers ? Number(a) - Number(b) : a < b ? -1 : 1));
  return { no: no!, yes: yes! };
}

/** 0 for no, 1 for yes; NaN for a hole and for any other text. */
export function booleanValues(column: Column, { no, yes }: BooleanWords): Float64Array {
  return Float64Array.from(column.texts, (_, code) => {
    const word = wordOf(column, code);
    return word === no ? 0 : word === yes ? 1 : NaN;
  });
}

/** The words as the column most often spells them: the names of the classes where it is the target. */
export function spellingOf(column: Column, word: string): string {
  let best = 0;
  column.texts.forEach((_, code) => {
    if (wordOf(column, code) === word && (best === 0 || column.counts[code]! > column.counts[best]!)) best = code;
  });
  return best === 0 ? word : column.texts[best]!;
}

/** A text and a number of the same value are the same word: `1.0` and `1`, `Yes` and `yes`. */
export function wordOf(column: Column, code: number): string | null {
  if (code === 0) return null;
  const value = column.values[code]!;
  return Number.isNaN(value) ? column.texts[code]!.toLowerCase() : String(value);
}

/** At most three different words, since more are no booleans; null where the texts were not kept. */
function differentWords(column: Column): string[] | null {
  if (column.codes === null) return null;
  const words = new Set<string>();
  for (let code = 1; code < column.texts.length && words.size < 3; code++) words.add(wordOf(column, code)!);
  return [...words];
}
