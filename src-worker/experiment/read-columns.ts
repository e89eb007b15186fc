import type { ColumnRole, ColumnSpec, ColumnType, DataSpec } from './document';
import { columnFields, dataFields } from './fields';
import { pathTo, type Findings } from './findings';
import { readChoice, readName, readNumber, readObject } from './read';

const roles: readonly ColumnRole[] = ['feature', 'target', 'ignore'];
const types: readonly ColumnType[] = ['number', 'category', 'boolean', 'date', 'text'];
const keys: readonly (keyof ColumnSpec)[] = ['role', 'type', 'missing', 'scaling', 'rare', 'dateOrder'];

/** Reads `data.columns`: what was decided about single columns. Nothing is filled in: what is left out stays to be inferred. */
export function readColumns(value: unknown, path: string, findings: Findings): DataSpec['columns'] {
  const columns = readObject(value, path, null, findings);
  const entries = columns.keys.map((name): [string, ColumnSpec] => {
    const at = pathTo(path, name);
    const column = readObject(columns.get(name), at, keys, findings);
    const spec = keys
      .filter((key) => column.get(key) !== undefined)
      .map((key) => [key, readers[key](column.get(key), pathTo(at, key), findings)] as const)
      .filter(([, value]) => value !== null);
    return [name, Object.fromEntries(spec)];
  });
  const targets = entries.filter(([, column]) => column.role === 'target').map(([name]) => name);
  if (targets.length > 1) {
    findings.add(
      'two-targets',
      path,
      `${path} names ${targets.length} targets: ${targets.map((name) => `"${name}"`).join(', ')}.`,
      'Keep one as "target" and make the others "feature" or "ignore".',
    );
  }
  // Not an assignment per key: a column may be called __proto__, and must become an own property like any other.
  return Object.fromEntries(entries);
}

type ReadSetting = (value: unknown, path: string, findings: Findings) => string | number | null;

const readers: Readonly<Record<keyof ColumnSpec, ReadSetting>> = {
  role: (value, path, findings) => readName(value, path, roles, 'unknown-choice', findings),
  type: (value, path, findings) => readName(value, path, types, 'unknown-choice', findings),
  missing: (value, path, findings) => readChoice(value, path, dataFields.missing, findings),
  scaling: (value, path, findings) => readChoice(value, path, dataFields.scaling, findings),
  rare: (value, path, findings) => readNumber(value, path, dataFields.rare, findings),
  dateOrder: (value, path, findings) => readChoice(value, path, columnFields.dateOrder, findings),
};
