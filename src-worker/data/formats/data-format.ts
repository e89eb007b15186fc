import type { Problem } from '../../problem';
import type { DecodedTable } from '../decoded/decoded-table';
import type { ImageEntry } from '../images/image-tree';
import type { LoadWatch } from '../load-watch';
import type { PixelArray } from '../loaded';
import type { DataServices } from '../services';
import type { Table } from '../table';
import type { ByteSource, Content } from './content';

/** A kind of file that data are read from. One file per format, one line in the registry. */
export interface DataFormat {
  readonly label: string;
  /** Whether the file looks like this format: by its first (unpacked) bytes before its name. */
  accepts(head: Uint8Array, name: string): boolean;
  /** @throws ProblemError for everything that is wrong with the file */
  read(content: Content, context: FormatContext): Promise<FileData>;
}

/** What reading may need besides the file. */
export interface ReadContext extends Pick<DataServices, 'decodeTable'> {
  /** The sheet of a workbook that the document names; null for the first with a table. */
  readonly sheet: string | null;
  /** Is told how far reading is, and may stop it. */
  readonly watch?: LoadWatch;
}

export interface FormatContext extends ReadContext {
  /** Reads a file inside this one, such as an entry of an archive. */
  readInner(source: ByteSource): Promise<FileData>;
}

/** What one file holds. */
export type FileData = DataPart | BundleFile | ImagesFile;

/** What is no bundle of others. */
export type DataPart = TableFile | ArrayFile;

export interface TableFile {
  readonly kind: 'table';
  readonly table: Table;
  readonly warnings: readonly Problem[];
  /** Where the file is a workbook: its sheets, and the one that was read. */
  readonly workbook?: DecodedTable['workbook'];
}

/** A plain array, such as images or their labels. */
export interface ArrayFile {
  readonly kind: 'array';
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, in this machine's byte order. */
  readonly values: PixelArray;
  /** For an array of texts: what `values` are the indices of; null for one of numbers. */
  readonly texts: readonly string[] | null;
  readonly warnings: readonly Problem[];
}

/** Image files: one alone, or those of an archive or a folder. */
export interface ImagesFile {
  readonly kind: 'images';
  readonly name: string;
  /** Their names within the archive or folder. */
  readonly entries: readonly ImageEntry[];
  readonly warnings: readonly Problem[];
}

/** An archive or a folder: each of its files is read when its turn comes, so that they need not all be in memory. */
export interface BundleFile {
  readonly kind: 'bundle';
  readonly name: string;
  readonly entries: readonly BundleEntry[];
  readonly warnings: readonly Problem[];
}

export interface BundleEntry {
  /** Within the archive, with its folders. */
  readonly name: string;
  /** @throws ProblemError for everything that is wrong with it */
  read(): Promise<DataPart>;
}
