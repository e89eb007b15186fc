import type { NamedTensor } from '../../../src-worker/tensor';

/** A kind of file that a trace is written to, chosen by the extension. */
export interface TraceFormat {
  /** With its dot. */
  readonly extension: string;
  /** @param tensors with `loss` among them, as an array of shape [] */
  encode(tensors: readonly NamedTensor[]): Promise<Uint8Array>;
}
