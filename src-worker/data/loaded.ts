import type { DataSpec, ImageReading } from '../experiment/document';
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
  /** What its columns are for certain, where nothing has to be guessed; a person's decisions go before. */
  readonly known?: DataSpec['columns'];
  /** Where the table is of a workbook: its sheets, and the one that was read. */
  readonly workbook: DecodedTable['workbook'];
}

export interface LoadedImages extends LoadedBase {
  readonly kind: 'images';
  readonly images: LabelledImages;
  readonly testImages: LabelledImages | null;
  /** The images of a folder of their own for the dev part, where there is one; not used with k folds, which are the dev parts. */
  readonly devImages?: LabelledImages;
  /** How image files were read; absent where the images came as an array. */
  readonly reading?: ReadingOfImages;
  /** Whether they were drawn here and not read from a file. */
  readonly generated?: boolean;
}

/** How image files were brought to one size and kind of colour. */
export interface ReadingOfImages extends Required<ImageReading> {
  /** Why this size and these colours, unless a person chose both. */
  readonly reason: string;
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
