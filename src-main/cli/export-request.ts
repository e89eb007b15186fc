import type { ModelSnapshot, Proof, TrainingData } from '../../src-worker/api';
import type { ExportFormatId, ExportOptions, ExportRequest } from '../bridge';
import { encodeModel, exportFormats, type EncodedExport } from '../export';
import { refuse } from './arguments';
import { unwrap } from './open-experiment';

/** What `FORMAT=PATH` asks for. */
export interface PathRequest {
  readonly format: ExportFormatId;
  readonly path: string;
}

/** @throws ProblemError for an unknown format, or none, or no path */
export function parseExportRequest(command: string, text: string): PathRequest {
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

/** `svg.lines=plain` and the like, by format; numbers as numbers. @throws ProblemError for what is none of these */
export function readExportOptions(texts: readonly string[]): Partial<Record<ExportFormatId, ExportOptions>> {
  const options: Partial<Record<ExportFormatId, Record<string, unknown>>> = {};
  for (const text of texts) {
    const found = /^([^.=]+)\.([^=]+)=(.+)$/.exec(text);
    const [, format = '', name = '', value = ''] = found ?? [];
    if (!Object.hasOwn(exportFormats, format)) {
      throw refuse('export', `"${text}" is not FORMAT.OPTION=VALUE, such as svg.lines=plain.`);
    }
    const id = format as ExportFormatId;
    const numeric = exportFormats[id].options.some((field) => field.name === name && 'min' in field);
    options[id] = { ...options[id], [name]: numeric ? Number(value) : value };
  }
  return options;
}

/** @throws ProblemError with everything that stands against it */
export async function encodeExport(
  { format }: PathRequest,
  model: ModelSnapshot,
  proof: Proof | null,
  data: TrainingData | null,
  { options, acceptNonFinite }: Omit<ExportRequest, 'format'> = { options: {}, acceptNonFinite: false },
): Promise<EncodedExport> {
  return unwrap(await encodeModel({ format, options, acceptNonFinite }, model, proof, data));
}
