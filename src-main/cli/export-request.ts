import { extname } from 'node:path';
import type { ModelSnapshot, Proof, TrainingData } from '../../src-worker/api';
import type { ExportFormatId, ExportOptions, ExportRequest } from '../bridge';
import { encodeModel, exportFormats, type EncodedExport } from '../export';
import type { ExportFile, ExportFormat } from '../export/format';
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
  { format, path }: PathRequest,
  model: ModelSnapshot,
  proof: Proof | null,
  data: TrainingData | null,
  { options, acceptNonFinite }: Omit<ExportRequest, 'format'> = { options: {}, acceptNonFinite: false },
): Promise<EncodedExport> {
  const { alone }: ExportFormat = exportFormats[format];
  const asked = alone !== undefined && path.endsWith(`.${alone.extension}`) ? alone.options : {};
  const request = { format, options: { ...asked, ...options }, acceptNonFinite };
  return unwrap(await encodeModel(request, model, proof, data));
}

/**
 * What goes to the path: its files for one that ends in /, a single file of several by the ending that it alone has, else all in one.
 */
export function contentFor(
  { format, path }: PathRequest,
  { content, parts }: Pick<EncodedExport, 'content' | 'parts'>,
): Uint8Array | readonly ExportFile[] {
  if (path.endsWith('/')) return parts;
  const [part, ...others] = parts.filter(({ name }) => extname(name) === extname(path));
  const archive = extname(path) === `.${exportFormats[format].extension}`;
  return archive || part === undefined || others.length > 0 ? content : part.bytes;
}
