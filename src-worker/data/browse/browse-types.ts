/**
 * What the window sees of loaded data, row by row and image by image. Types only: they cross to the window.
 *
 * A *place* counts the examples from 0: those of the first file, then those of a folder for the dev part, then those of the
 * test file. The places of the first file are those of `excluded` and `relabelled` in the document.
 */
import type { Part } from '../../engine';
import type { Outcome } from '../../problem';

/** What the trainer offers to look at its data example by example. */
export interface BrowsingApi {
  /** What can be said of the prepared data beyond their summary: how each column is spread, and each class over the parts. */
  dataOverview(): Outcome<DataOverview>;

  /** Rows of the prepared table as they were read, or as the network sees them; with its answers while it is of these data. */
  rows(request: RowsRequest): Outcome<RowsPage>;

  /** Two columns of the prepared table against each other; a problem for one that has no place on an axis. */
  scatter(request: ScatterRequest): Outcome<ScatterPoints>;

  /** Some of the prepared images, as bytes. */
  images(request: ImagesRequest): Outcome<ImagesPage>;
}

/** Looks at the data as they are prepared; made once for each preparation. Every array in a result is fresh. */
export interface DataBrowser {
  overview(): DataOverview;
  rows(request: RowsRequest, answer: Answering | null): RowsPage;
  scatter(request: ScatterRequest): ScatterPoints;
  images(request: ImagesRequest): ImagesPage;
  /** Examples of the first file. */
  readonly own: number;
  /** The places of a part's examples, in the order in which the network has them. */
  placesOf(part: Part): Uint32Array;
  /** What some examples hold. */
  examplesAt(places: readonly number[], columns: RowsRequest['columns']): readonly ExampleContent[];
}

/** What an example holds: cells of a table as they were read, or an image. */
export interface ExampleContent {
  /** Empty for images. */
  readonly cells: readonly (string | null)[];
  /** As in {@link ImageView}; null for tables. */
  readonly pixels: Uint8Array | null;
}

/** What the network answers to `count` rows of its inputs `x`; class names, or numbers in the target's own units. */
export type Answering = (x: Float32Array, count: number) => readonly (string | number)[];

export interface DataOverview {
  /** In the order of the summary's columns; empty for images. */
  readonly columns: readonly ColumnOverview[];
  /** Names of the numbers that the network sees: its inputs x, then its targets y. Empty for images. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  /** Examples of each class, by part, in the order of the summary's classes; empty for regression. */
  readonly classCounts: Readonly<Record<Part, Uint32Array>>;
  /** Places of the examples that repeat another one, which stays; empty where there are none, or too many to name. */
  readonly copies: readonly number[];
  /** Examples that were read, of all files, and those of the first, which can be taken out or relabelled one by one. */
  readonly total: number;
  readonly own: number;
}

export interface ColumnOverview {
  readonly name: string;
  /** False where there are too many different texts to keep: then only the first rows can be shown. */
  readonly kept: boolean;
  /** Characters of the longest cell among the first hundreds of rows. */
  readonly widest: number;
  readonly distribution: Distribution | null;
}

export type Distribution =
  | {
      readonly kind: 'histogram';
      readonly min: number;
      readonly max: number;
      /** Values in each of the bins of equal width, of up to some hundred thousand rows evenly drawn. */
      readonly counts: Uint32Array;
    }
  | {
      readonly kind: 'categories';
      /** The most frequent first. */
      readonly values: readonly { readonly value: string; readonly count: number }[];
      /** Rows of all other values. */
      readonly others: number;
    };

/** All, those of one part, those that take no part, or those that were given another target. */
export type ShownExamples = 'all' | Part | 'left-out' | 'relabelled';

/** Which rows, and in which order. */
export interface RowOrder {
  readonly show: ShownExamples;
  /** Words that a cell must hold, or conditions such as `age>30` and `species=Adelie`; all of them must hold. */
  readonly filter: string;
  /** Holes come last in both directions; null leaves the rows as they lie. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}

export interface RowsRequest {
  /** `raw`: cells as they were read; `inputs`: numbers as the network sees them, x and then y. */
  readonly as: 'raw' | 'inputs';
  readonly order: RowOrder;
  /** Positions in that order. */
  readonly from: number;
  readonly count: number;
  /** Which of the columns, or of the inputs and targets. */
  readonly columns: { readonly from: number; readonly count: number };
  /** A place whose position in the order is asked for. */
  readonly find?: number;
}

export interface RowsPage {
  /** Rows in the whole order. */
  readonly matching: number;
  readonly rows: readonly RowView[];
  /** The position of the row asked for; null where the order does not hold it or none was asked for. */
  readonly found: number | null;
}

export interface RowView {
  readonly place: number;
  /** Null for a row that takes no part. */
  readonly part: Part | null;
  /** Whether it is a row of the first file, which can be taken out or relabelled. */
  readonly own: boolean;
  /** `raw` only: null for a hole, and for a cell whose text was not kept. */
  readonly cells: readonly (string | null)[];
  /** `inputs` only; NaN for the targets of a row without one. */
  readonly numbers: Float32Array | null;
  /** The class or the number that it counts as; null for a row without one. */
  readonly target: string | number | null;
  /** What the network says to it now; null while there is no network of these data. */
  readonly answer: string | number | null;
}

export interface ScatterRequest {
  readonly x: string;
  readonly y: string;
}

export interface ScatterAxis {
  readonly column: string;
  /** Days since 1970 for dates, the index in `names` for categories and booleans. */
  readonly kind: 'number' | 'date' | 'category';
  readonly names: readonly string[];
}

/** Up to 5,000 examples evenly drawn, those with a hole in either column left out. */
export interface ScatterPoints {
  readonly xAxis: ScatterAxis;
  readonly yAxis: ScatterAxis;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly place: Uint32Array;
  /** Class index, or the target's value for regression; NaN for a row without a target. */
  readonly target: Float32Array;
  /** 0 train, 1 dev, 2 test, 3 takes no part. */
  readonly part: Uint8Array;
  /** Examples with a value in both columns that these were drawn from. */
  readonly of: number;
}

export interface ImagesRequest {
  readonly show: ShownExamples;
  /** One class only, by its index; null for all. */
  readonly class: number | null;
  /** `class`: one class after the other; `place`: as they lie. */
  readonly order: 'class' | 'place';
  readonly from: number;
  readonly count: number;
  readonly find?: number;
}

export interface ImagesPage {
  readonly matching: number;
  readonly images: readonly ImageView[];
  readonly found: number | null;
}

export interface ImageView {
  readonly place: number;
  readonly part: Part | null;
  readonly own: boolean;
  /** Index of the class that the file gives it, and of the one that it counts as. */
  readonly labelled: number;
  readonly class: number;
  /** `[channels, height, width]`; other element types stretched from their least to their largest value. */
  readonly pixels: Uint8Array;
}
