import type { Problem } from '../../problem';
import type { PixelArray } from '../loaded';
import type { Table } from '../table';
import type { Content } from './content';

/** A kind of file that data are read from. One file per format, one line in the registry. */
export interface DataFormat {
  readonly label: string;
  /** Whether the file looks like this format: by its first (unpacked) bytes before its name. */
  accepts(head: Uint8Array, name: string): boolean;
  /** @throws ProblemError for everything that is wrong with the file */
  read(content: Content): Promise<FileData>;
}

/** What one file holds. */
export type FileData = TableFile | ArrayFile;

export interface TableFile {
  readonly kind: 'table';
  readonly table: Table;
  readonly warnings: readonly Problem[];
}

/** A plain array, such as images or their labels. */
export interface ArrayFile {
  readonly kind: 'array';
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, in this machine's byte order. */
  readonly values: PixelArray;
}
