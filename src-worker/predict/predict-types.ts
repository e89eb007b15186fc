/** Answers to the rows of a file. Types only: they cross to the window. */
import type { Prediction } from '../api';
import type { Outcome } from '../problem';

/** What the trainer offers to answer files with the network of its run. */
export interface PredictingApi {
  /**
   * Whether a file is a text table with every column that the network of the run needs and without its target: rows to answer, and none
   * to train on. Looks at its first lines only.
   */
  isToPredict(file: File): Promise<boolean>;

  /**
   * Answers every row or image of a file, all with the weights of this moment; training goes on meanwhile.
   * @param files one file, or those of one folder
   */
  predictFile(files: readonly File[]): Promise<Outcome<FilePredictions>>;
}

export interface FilePredictions {
  /** Of the file or folder. */
  readonly name: string;
  readonly rows: number;
  /** Updates that the weights had seen. */
  readonly step: number;
  readonly target: string;
  /** What the outputs of each answer are, such as `p(Adelie)`; empty for regression, whose one output is the answer. */
  readonly outputNames: readonly string[];
  /** The first answers, as many as a person looks at. */
  readonly first: readonly Prediction[];
  /** What those are called, such as the file of an image; null where rows are counted. */
  readonly names: readonly string[] | null;
  /** All answers as a CSV file. A fresh copy. */
  readonly csv: Uint8Array;
}
