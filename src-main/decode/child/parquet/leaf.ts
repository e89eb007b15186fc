import type { SchemaElement } from 'hyparquet';

/** What the values of a Parquet column become. */
export type LeafKind = 'number' | 'decimal' | 'time' | 'date' | 'boolean' | 'text';

/**
 * What a primitive column holds, by its logical type before its physical one. Source: Apache Parquet, LogicalTypes.md.
 * @returns the kind, or in words what it is that a table cannot hold
 */
export function kindOfLeaf({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): LeafKind | { readonly is: string } {
  const logicalType = logical?.type;
  const foreign = FOREIGN.get(logicalType ?? '') ?? FOREIGN.get(converted ?? '');
  if (foreign !== undefined) return { is: foreign };
  if (logicalType === 'DECIMAL' || converted === 'DECIMAL') return 'decimal';
  if (logicalType === 'DATE' || converted === 'DATE') return 'date';
  if (logicalType === 'TIMESTAMP' || converted?.startsWith('TIMESTAMP') === true || type === 'INT96') return 'date';
  if (logicalType === 'TIME' || converted?.startsWith('TIME_') === true) return 'time';
  if (logicalType === 'UUID' || type === 'BYTE_ARRAY') return 'text';
  if (logicalType === 'FLOAT16') return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'FIXED_LEN_BYTE_ARRAY') return { is: 'bytes' };
  return 'number';
}

const FOREIGN = new Map([
  ['INTERVAL', 'spans of time'],
  ['BSON', 'BSON documents'],
  ['GEOMETRY', 'shapes'],
  ['GEOGRAPHY', 'shapes'],
  ['VARIANT', 'values of changing types'],
]);

/** How many of its units a time of day has in a second. */
export function timeUnitsPerSecond({ converted_type: converted, logical_type: logical }: SchemaElement): number {
  if (logical?.type === 'TIME') return { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[logical.unit];
  return converted === 'TIME_MILLIS' ? 1e3 : 1e6;
}
