import type { Problem } from '../problem';
import type { DecodedTable } from './decoded/decoded-table';
import type { Table } from './table';

/** What was read and is kept, before any decision about roles, scaling or split: everything `prepare` starts from. */
export type LoadedData = LoadedTable | LoadedImages;

interface LoadedBase {
  /** As the data card shows it: the file's name or the sample's label. */
  readonly title: string;
  /** What reading found strange but could live with. */
  readonly warnings: readonly Problem[];
}

export interface LoadedTable extends LoadedBase {
  readonly kind: 'table';
  readonly table: Table;
  /** The separate test file, where one was given. */
  readonly testTable: Table | null;
  /** Whether it was drawn or painted here and not read from a file. */
  readonly generated?: boolean;
  /** Where the table is of a workbook: its sheets, and the one that was read. */
  readonly workbook: DecodedTable['workbook'];
}

export interface LoadedImages extends LoadedBase {
  readonly kind: 'images';
  readonly images: LabelledImages;
  readonly testImages: LabelledImages | null;
  /** Whether they were drawn here and not read from a file. */
  readonly generated?: boolean;
}

/** The element types of IDX and NPY. 8-bit pixels stay 8-bit. */
export type PixelArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface LabelledImages {
  readonly file: string;
  readonly labelFile: string;
  readonly count: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** `[count, channels, height, width]`, row-major. */
  readonly pixels: PixelArray;
  /** `[count]`: the label of each image, an integer. */
  readonly labels: Int32Array;
  /** What the labels are called, by label; null where they are just numbers. */
  readonly classNames: readonly string[] | null;
}
