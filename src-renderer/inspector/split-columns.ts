import type { DataSummary } from '../../src-worker/api';

/** Whether a value looks like the name of a part; the worker reads more of them, and says so where it cannot. */
const namesPart = (value: string): boolean => /^(?:train|dev|val|test)/i.test(value);

/** Columns that may say which part a row belongs to: those whose values name parts first, then the other ones of few words. */
export function partColumns({ columns, target }: DataSummary): readonly string[] {
  const candidates = columns.filter(({ name, type }) => name !== target && type !== 'number' && type !== 'date');
  const names = (saying: boolean): readonly string[] =>
    candidates
      .filter(({ categories }) => categories.some(({ value }) => namesPart(value)) === saying)
      .map(({ name }) => name);
  return [...names(true), ...names(false)];
}

/** Columns that can put rows in order, dates first. */
export function orderColumns({ columns }: DataSummary): readonly string[] {
  const ofType = (wanted: string): readonly string[] =>
    columns.filter(({ type }) => type === wanted).map(({ name }) => name);
  return [...ofType('date'), ...ofType('number')];
}
