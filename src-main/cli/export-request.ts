import type { ModelSnapshot } from '../../src-worker/api';
import type { Outcome } from '../../src-worker/problem';
import type { ExportFormatId } from '../bridge';
import { encodeModel, exportFormats } from '../export';
import { refuse } from './arguments';

/** What `FORMAT=PATH` asks for. */
export interface ExportRequest {
  readonly format: ExportFormatId;
  readonly path: string;
}

/** @throws ProblemError for an unknown format, or none, or no path */
export function parseExportRequest(command: string, text: string): ExportRequest {
  const at = text.indexOf('=');
  const known = Object.keys(exportFormats).join(', ');
  if (at <= 0 || at === text.length - 1) {
    throw refuse(command, `"${text}" is not FORMAT=PATH, such as onnx=model.onnx; formats are ${known}.`);
  }
  const format = text.slice(0, at);
  if (!Object.hasOwn(exportFormats, format)) {
    throw refuse(command, `"${format}" is not a format that a model can be exported to; formats are ${known}.`);
  }
  return { format: format as ExportFormatId, path: text.slice(at + 1) };
}

export function encodeExport({ format }: ExportRequest, model: ModelSnapshot): Outcome<Uint8Array> {
  return encodeModel(format, model);
}
