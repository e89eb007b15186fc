import type { DataOverview, DataSummary, ScatterRequest } from '../../../src-worker/api';

/** More names than this do not fit on an axis. */
const MOST_NAMES = 60;

/** The columns that can be an axis, as choices of a select. */
export function axisChoices(
  { columns }: DataSummary,
  overview: DataOverview,
): readonly { readonly value: string; readonly label: string }[] {
  return columns
    .filter(({ type, distinct }, index) => {
      if ((overview.columns[index]?.distribution ?? null) === null) return false;
      return type === 'number' || type === 'date' || distinct <= MOST_NAMES;
    })
    .map(({ name }) => ({ value: name, label: name }));
}

/** The first two features of numbers; with a number to predict, that over the first feature. Null where there are not two columns. */
export function firstAxes(
  { columns, task, target }: DataSummary,
  choices: readonly { readonly value: string }[],
): ScatterRequest | null {
  const possible = columns.filter(({ name }) => choices.some(({ value }) => value === name));
  const features = possible.filter(({ role }) => role === 'feature');
  const numbers = features.filter(({ type }) => type === 'number');
  const [x, y] = [...numbers, ...features.filter((column) => !numbers.includes(column)), ...possible];
  if (x === undefined || possible.length < 2) return null;
  if (task === 'regression' && possible.some(({ name }) => name === target)) return { x: x.name, y: target };
  return y === undefined ? null : { x: x.name, y: y.name };
}
