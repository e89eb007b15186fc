/**
 * What crosses from the process that decodes workbooks and Parquet files: plain columns whose types the file itself gave. Types
 * only; encode.ts and read-reply.ts turn it into bytes and back.
 */
import type { Outcome, Problem } from '../../problem';

/** What the document decides about a file that holds more than one table. */
export interface DecodeOptions {
  /** The sheet of a workbook; null for the first with a table. */
  readonly sheet: string | null;
}

/**
 * Decodes a workbook or a Parquet file where its death is survivable.
 *
 * @param bytes the whole file; may be detached by the call
 * @returns the reply of the decoder's process, for {@link readReply}; problems where there is none
 */
export type DecodeTable = (name: string, bytes: Uint8Array, options: DecodeOptions) => Promise<Outcome<Uint8Array>>;

export interface DecodedTable {
  readonly rows: number;
  readonly columns: readonly DecodedColumn[];
  /** What was strange but could be lived with. */
  readonly warnings: readonly Problem[];
  /** Of a workbook: its sheets, and the one that was read. */
  readonly workbook: { readonly sheets: readonly string[]; readonly sheet: string } | null;
}

export type DecodedColumn =
  | FloatColumn<'number'>
  | FloatColumn<'date'>
  | BooleanColumn
  | CodedColumn<'text'>
  | CodedColumn<'mixed'>
  | FreeTextColumn;

/** Numbers, or dates as milliseconds since 1970-01-01 UTC; NaN is the hole. */
interface FloatColumn<T extends 'number' | 'date'> {
  readonly name: string;
  readonly type: T;
  /** `[rows]` */
  readonly values: Float64Array;
}

interface BooleanColumn {
  readonly name: string;
  readonly type: 'boolean';
  /** `[rows]`: 0 hole, 1 false, 2 true. */
  readonly values: Uint8Array;
}

/** Texts; `mixed` where some cells were numbers and some texts, so that it is read like a column of a CSV file. */
interface CodedColumn<T extends 'text' | 'mixed'> {
  readonly name: string;
  readonly type: T;
  /** `[rows]`: 0 hole, otherwise 1 + the index into `texts`. */
  readonly codes: Uint32Array;
  /** The different texts, in the order of their first row. */
  readonly texts: readonly string[];
}

/** A column with more different texts than are kept. */
interface FreeTextColumn {
  readonly name: string;
  readonly type: 'free-text';
  readonly holes: number;
  /** Of the first rows, cut to what the preview shows; empty for a hole. */
  readonly first: readonly string[];
}
