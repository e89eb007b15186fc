import { categoriesOf, numberAt, type Column } from './column';

/** Fewer rows may agree by chance, as in a table of a logic gate. */
const LEAST_ROWS = 20;

/**
 * Whether a column says in every row what the target says: the same number, or for classes a value of its own for each class (`alive`
 * yes and no beside `survived` 1 and 0). Only rows where both are present count, and they must be most of them.
 */
export function saysTheSame(column: Column, target: Column, regression: boolean): boolean {
  if (column.length < LEAST_ROWS || column.profile.present < 0.5 * column.length) return false;
  return regression ? sameNumbers(column, target) : sameClasses(column, target);
}

function sameNumbers(column: Column, target: Column): boolean {
  for (let row = 0; row < column.length; row++) {
    const value = numberAt(column, row);
    const wanted = numberAt(target, row);
    if (value !== wanted && !(Number.isNaN(value) || Number.isNaN(wanted))) return false;
  }
  return column.profile.numeric !== null;
}

function sameClasses(column: Column, target: Column): boolean {
  const values = categoriesOf(column);
  const classes = categoriesOf(target);
  if (values === null || classes === null || values.names.length !== classes.names.length) return false;
  const classOf = new Int32Array(values.names.length).fill(-1);
  const valueOf = new Int32Array(classes.names.length).fill(-1);
  for (let row = 0; row < column.length; row++) {
    const value = values.at(row);
    const wanted = classes.at(row);
    if (value === -1 || wanted === -1) continue;
    if (classOf[value] === -1 && valueOf[wanted] === -1) {
      classOf[value] = wanted;
      valueOf[wanted] = value;
    } else if (classOf[value] !== wanted) return false;
  }
  return true;
}
