import type { Column } from './column';

/** A table as it was read, column by column. Immutable. */
export interface Table {
  /** The file's name, or the sample's kind. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** The first rows as text, in the order of `columns`. */
  readonly preview: readonly (readonly string[])[];
}
