import type { DecodeTable } from './decoded/decoded-table';
import type { LoadCodec } from './images/codecs';

/** What reading data asks of the program around it; null where it has nobody to ask. */
export interface DataServices {
  /** Decodes workbooks and Parquet files in a process of its own; without it they are refused. */
  readonly decodeTable: DecodeTable | null;
  /** Where the decoders of JPEG and WebP are had from; without them such images are refused. */
  readonly loadCodec: LoadCodec | null;
}

export const NO_SERVICES: DataServices = { decodeTable: null, loadCodec: null };
