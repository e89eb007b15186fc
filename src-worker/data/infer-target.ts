import type { Column } from './column';
import { inferType, isClassLike, isFreeText, type Inferred } from './infer-type';
import type { Table } from './table';

/** What people call the column to predict, the surest first. Compared without case, spaces and punctuation. */
const targetNames: readonly string[] = [
  ...['target', 'targets', 'label', 'labels', 'output', 'outcome', 'response', 'survived', 'species', 'diagnosis'],
  ...['class', 'classes', 'variety', 'digit', 'churn', 'churned', 'fraud', 'isfraud', 'spam', 'isspam', 'approved'],
  ...['price', 'saleprice', 'salary', 'charges', 'medv', 'quality', 'y'],
];

/** Guesses which column is to be predicted; null where none could be. */
export function inferTarget(table: Table, candidates: readonly Column[]): Inferred<Column> | null {
  // Beside a z, y is a coordinate.
  const isCoordinate = ({ name }: Column): boolean =>
    plain(name) === 'y' && table.columns.some((other) => plain(other.name) === 'z');
  const usable = candidates.filter(isPredictable);
  const byName = usable
    .filter((column) => !isCoordinate(column))
    .map((column) => ({ column, rank: targetNames.indexOf(plain(column.name)) }))
    .filter(({ rank }) => rank !== -1)
    .sort((a, b) => a.rank - b.rank)[0];
  if (byName !== undefined) return { value: byName.column, reason: 'that is what its name says' };

  const stem = plain(table.name.replace(/(\.[a-z]+)+$/i, ''));
  const byFile = usable.find(({ name }) => plain(name) === stem || `${plain(name)}s` === stem);
  if (byFile !== undefined) return { value: byFile, reason: 'the file is named after it' };

  const last = candidates.at(-1);
  if (last !== undefined && usable.includes(last) && hasFewClasses(last)) {
    return { value: last, reason: 'it is the last column and has few classes' };
  }
  const first = candidates[0];
  if (first !== undefined && usable.includes(first) && hasFewClasses(first)) {
    return { value: first, reason: 'it is the first column and has few classes' };
  }
  const number = usable.findLast((column) => inferType(column).value === 'number');
  if (number !== undefined) return { value: number, reason: 'it is the last column of numbers' };
  const category = usable.at(-1);
  return category === undefined ? null : { value: category, reason: 'it is the last column of categories' };
}

/** Different values that repeat, or numbers that are more than a count of the rows. */
function isPredictable(column: Column): boolean {
  if (column.profile.distinct < 2) return false;
  switch (inferType(column).value) {
    case 'number':
      return !isIdentifier(column);
    case 'category':
    case 'boolean':
      return !isFreeText(column);
    case 'date':
    case 'text':
      return false;
  }
}

function hasFewClasses(column: Column): boolean {
  const { distinct } = column.profile;
  return inferType(column).value === 'number' ? distinct <= 10 && isClassLike(column) : distinct <= 20;
}

/** A whole number for every row, all different, under a name that says that it only counts or names them. */
export function isIdentifier(column: Column): boolean {
  const { present, notNumbers, distinct, integers, numeric } = column.profile;
  if (notNumbers > 0 || !integers || present < 10 || distinct < present || numeric === null) return false;
  // A pandas index has no name and so is called column 1; in a table without header that may be a measurement.
  if (column.name === 'column 1') return numeric.max - numeric.min === present - 1;
  return (
    /^(?:id|index|idx|no|nr|row|rowid|key|uuid|unnamed\d*)$/.test(plain(column.name)) ||
    /[_\s.-]id$|[a-z]I[dD]$/.test(column.name)
  );
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
