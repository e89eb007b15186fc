import type { ColumnSpec, DataSpec } from '../api';

/** What the person decided about a column; empty where nothing. */
export function decisionFor(decided: DataSpec['columns'], name: string): ColumnSpec {
  // A column may be called __proto__ or constructor: only what the document itself says counts.
  return Object.hasOwn(decided, name) ? decided[name]! : {};
}

/** Where the document decides about a column. */
export function pathOf(column: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(column)
    ? `data.columns.${column}`
    : `data.columns[${JSON.stringify(column)}]`;
}
