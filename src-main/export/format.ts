import type { ModelSnapshot } from '../../src-worker/api';
import type { Outcome } from '../../src-worker/problem';
import type { ExportFormatInfo } from '../bridge';

/** A format that a model can leave in: everything about it in one value. */
export interface ExportFormat extends ExportFormatInfo {
  /**
   * The model as the bytes of one file. Pure: no disk, no clock; equal models give equal bytes. Only for models that
   * {@link checkModel} found sound. Fails where the format cannot say what the model holds.
   */
  encode(model: ModelSnapshot): Outcome<Uint8Array>;
}
