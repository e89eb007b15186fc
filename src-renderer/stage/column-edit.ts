import type { ColumnRole, ColumnSpec, ColumnType, DataSpec } from '../../src-worker/api';

/** Every type that a person can choose for a column. */
export const COLUMN_TYPES: readonly { readonly value: ColumnType; readonly label: string }[] = [
  { value: 'number', label: 'number' },
  { value: 'category', label: 'category' },
  { value: 'boolean', label: 'boolean' },
  { value: 'date', label: 'date' },
  { value: 'text', label: 'text' },
];

/** The document's data with another type for one column. */
export function withType(data: DataSpec, column: string, type: ColumnType): DataSpec {
  return { ...data, columns: { ...data.columns, [column]: { ...data.columns[column], type } } };
}

/**
 * The document's data with another role for one column. There is one target: the column that was it before becomes a
 * feature when another takes its place.
 */
export function withRole(data: DataSpec, column: string, role: ColumnRole, target: string): DataSpec {
  const columns = { ...data.columns, [column]: { ...data.columns[column], role } };
  if (role === 'target' && target !== '' && target !== column) {
    columns[target] = { ...columns[target], role: 'feature' };
  }
  return { ...data, columns };
}

/** The document's data with another setting of one column; `undefined` gives it that of all columns again. */
export function withSetting<K extends 'missing' | 'scaling' | 'rare' | 'dateOrder'>(
  data: DataSpec,
  column: string,
  key: K,
  value: ColumnSpec[K] | undefined,
): DataSpec {
  const before: ColumnSpec = Object.hasOwn(data.columns, column) ? data.columns[column]! : {};
  const others = Object.entries(before).filter(([name]) => name !== key);
  const next: ColumnSpec = Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
  const columns = Object.entries(data.columns).filter(([name]) => name !== column);
  if (Object.keys(next).length > 0) columns.push([column, next]);
  return { ...data, columns: Object.fromEntries(columns) };
}
