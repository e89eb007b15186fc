import type { Outcome } from '../../problem';
import type { DecodedColumn, DecodedTable } from './decoded-table';

/** Columns of float64 must lie at multiples of this. */
export const ALIGNMENT = 8;
export const MAGIC = 'LLT1';

/**
 * The reply of the decoding process as bytes: `LLT1`, the length of the header (uint32, little-endian), the header as JSON padded
 * with spaces to 8 bytes, then the typed array of each column in this machine's byte order, each padded with zeros to 8 bytes.
 */
export function encodeReply(outcome: Outcome<DecodedTable>): Uint8Array {
  const header = outcome.ok ? describe(outcome.value) : { problems: outcome.problems };
  const arrays = outcome.ok ? outcome.value.columns.flatMap(arrayOf) : [];
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = aligned(MAGIC.length + 4 + json.length);
  const bytes = new Uint8Array(arrays.reduce((sum, array) => sum + aligned(array.length), start));
  bytes.fill(0x20, 0, start);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, start - MAGIC.length - 4, true);
  bytes.set(json, MAGIC.length + 4);
  let at = start;
  for (const array of arrays) {
    bytes.set(array, at);
    at += aligned(array.length);
  }
  return bytes;
}

export function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function describe({ rows, columns, warnings, workbook }: DecodedTable): unknown {
  return {
    rows,
    warnings,
    workbook,
    columns: columns.map((column) => {
      const { name, type } = column;
      if (type === 'free-text') return { name, type, holes: column.holes, first: column.first };
      return type === 'text' || type === 'mixed' ? { name, type, texts: column.texts } : { name, type };
    }),
  };
}

function arrayOf(column: DecodedColumn): Uint8Array[] {
  if (column.type === 'free-text') return [];
  const array = column.type === 'text' || column.type === 'mixed' ? column.codes : column.values;
  return [new Uint8Array(array.buffer, array.byteOffset, array.byteLength)];
}
