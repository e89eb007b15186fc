/** How far a load is. */
export interface LoadProgress {
  /** `decoding` workbooks and Parquet files and `preparing` what was read do not say how far they are. */
  readonly phase: 'reading' | 'decoding' | 'preparing';
  /** The file that is being read. */
  readonly file: string;
  /** Bytes read so far, as they lie on disk, and of all files together. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Rows of tables so far; 0 where the format does not count them. */
  readonly rows: number;
  /** Image files that have been looked at and decoded so far, and all of them; absent where there are none. */
  readonly images?: { readonly done: number; readonly all: number };
}
