import type { ModelSnapshot } from '../../src-worker/api';
import { fail, type Outcome } from '../../src-worker/problem';
import type { ExportFormatId } from '../bridge';
import { checkModel } from '../model-check';
import type { ExportFormat } from './format';
import { json } from './json';
import { onnx } from './onnx';

/** Every format by its id. To add one: a file, this line and a member of `ExportFormatId`. */
export const exportFormats = { onnx, json } satisfies { readonly [K in ExportFormatId]: ExportFormat };

/** Checks that the model's parts belong together, then encodes it; the caller owns the bytes. */
export function encodeModel(format: ExportFormatId, model: ModelSnapshot): Outcome<Uint8Array> {
  const problems = checkModel(model);
  return problems.length > 0 ? fail(...problems) : exportFormats[format].encode(model);
}
