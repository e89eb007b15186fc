import type { Field, Problem } from '../../src-worker/api';
import type { SavedFile } from '../bridge';

/** What crosses the bridge about exports; see ../bridge.ts. Types only. */

export type ExportFormatId =
  | 'onnx'
  | 'tfjs'
  | 'keras'
  | 'pytorch'
  | 'pytorch-distributed'
  | 'numpy'
  | 'javascript'
  | 'html'
  | 'c'
  | 'json'
  | 'npz'
  | 'csv'
  | 'svg'
  | 'latex';

/** What people want of an export, in the order in which lists show it. */
export type ExportGroup = 'run' | 'train' | 'code' | 'numbers' | 'report';

export interface ExportFormatInfo {
  readonly id: ExportFormatId;
  readonly label: string;
  readonly group: ExportGroup;
  /** What it is for in a few words, for a list. */
  readonly brief: string;
  /** Without the dot; `zip` for a format of several files. */
  readonly extension: string;
  /** One sentence: what it is for. */
  readonly purpose: string;
  /** What a person may choose about it; every field has a default. */
  readonly options: readonly Field[];
  /** Whether it carries the training data along, and so cannot do without them. */
  readonly takesData: boolean;
  /**
   * How the file proves itself: `reread` by a reader in the app before it is written; `checks-itself` when its code is run;
   * `nothing` for weights and pictures, which answer nothing.
   */
  readonly proves: 'reread' | 'checks-itself' | 'nothing';
}

/** Values of a format's options by the name of the field; those left out have their defaults. */
export type ExportOptions = Readonly<Record<string, unknown>>;

export interface ExportRequest {
  readonly format: ExportFormatId;
  readonly options: ExportOptions;
  /** The person has agreed to export weights that are not finite; without it they are a problem `export/not-finite`. */
  readonly acceptNonFinite: boolean;
}

export interface ExportPreview {
  /** What is inside, in order; a single file for most formats. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Of the one file that is written. */
  readonly bytes: number;
  readonly proof: ExportProof;
  readonly warnings: readonly Problem[];
  /** The line of code that uses a file of the format's usual name. */
  readonly usage: string;
}

export type ExportProof =
  | { readonly kind: 'checks-itself' | 'nothing'; readonly rows: number }
  | {
      readonly kind: 'reread';
      /** Raw rows that were answered. */
      readonly rows: number;
      /** max |ŷ − ŷ′| over all of them; infinite where one of the two is no number. */
      readonly largestDifference: number;
      /** Whether the answers in words are the same; true for numbers. */
      readonly sameAnswers: boolean;
    };

/** A file that is ready to be dragged out of the window; each serves one drag. */
export type DragOffer =
  | {
      /** The browser fetches it where it is dropped. */
      readonly kind: 'download';
      readonly name: string;
      /** Of its address, on the page's own origin. */
      readonly path: string;
    }
  | {
      /** Electron drags a file of its own; see `ElectronBridge.startDrag`. */
      readonly kind: 'native';
      readonly handle: string;
    };

export interface ExportedFile extends SavedFile {
  readonly proof: ExportProof;
  /** The line of code that uses the file. */
  readonly usage: string;
}
