import type { ModelSnapshot, Outcome, Proof, TrainingData } from '../../src-worker/api';
import type { ExportFormatId, ExportOptions, ExportRequest } from '../bridge';
import { encodeModel, exportFormats, type EncodedExport } from '../export';
import { drawProof } from '../export/draw-proof';
import type { ExportFile, ExportFormat } from '../export/format';

/** A request with the defaults of everything. */
export const requestOf = (format: ExportFormatId, change: Partial<ExportRequest> = {}): ExportRequest => ({
  format,
  options: {},
  acceptNonFinite: false,
  ...change,
});

/** The bytes that would be written, proof included. */
export async function exportedBytes(format: ExportFormatId, model: ModelSnapshot): Promise<Uint8Array> {
  return (await exportOf(format, model)).content;
}

export async function exportOf(
  format: ExportFormatId,
  model: ModelSnapshot,
  proof: Proof | null = null,
  options: ExportOptions = {},
  data: TrainingData | null = null,
): Promise<EncodedExport> {
  return valueOf(await encodeModel(requestOf(format, { options, acceptNonFinite: true }), model, proof, data));
}

/** The files alone, as the format makes them. */
export async function exportedFiles(
  id: ExportFormatId,
  model: ModelSnapshot,
  proof: Proof = drawProof(model),
  options: ExportOptions = {},
  data: TrainingData | null = null,
): Promise<readonly ExportFile[]> {
  const format: ExportFormat = exportFormats[id];
  const defaults = Object.fromEntries(format.options.map((field) => [field.name, field.default]));
  return valueOf(await format.encode(model, { ...defaults, ...options }, proof, data));
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
