import type { DecodeOptions } from '../../src-worker/api';
import type { ModelFile } from '../import/format';

/** What there is to read: a workbook or a Parquet file, a model of another program or an export, a project. */
export type DecodeTask = 'table' | 'model' | 'project';

/** What the decoding process is asked. */
export interface DecodeRequest {
  readonly task: DecodeTask;
  /** One, but for a model that keeps its weights in others. */
  readonly files: readonly ModelFile[];
  /** For tables. */
  readonly options: DecodeOptions;
}

/** One table, as its decoders take it. */
export interface TableRequest extends ModelFile {
  readonly options: DecodeOptions;
}

const LENGTH_BYTES = 4;

interface Header extends Omit<DecodeRequest, 'files'> {
  readonly files: readonly { readonly name: string; readonly length: number }[];
}

/** The length of the header (uint32, little-endian), the header as JSON, then the files one after another. */
export function encodeRequest({ task, files, options }: DecodeRequest): Uint8Array {
  const described: Header = { task, options, files: files.map(({ name, bytes }) => ({ name, length: bytes.length })) };
  const header = new TextEncoder().encode(JSON.stringify(described));
  const request = new Uint8Array(files.reduce((sum, { bytes }) => sum + bytes.length, LENGTH_BYTES + header.length));
  new DataView(request.buffer).setUint32(0, header.length, true);
  request.set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + header.length;
  for (const { bytes } of files) {
    request.set(bytes, at);
    at += bytes.length;
  }
  return request;
}

/** Of the manager's own process, so it is what {@link encodeRequest} made; the files are views into `request`. */
export function decodeRequest(request: Uint8Array): DecodeRequest {
  const length = new DataView(request.buffer, request.byteOffset).getUint32(0, true);
  let at = LENGTH_BYTES + length;
  const { task, options, files } = JSON.parse(new TextDecoder().decode(request.subarray(LENGTH_BYTES, at))) as Header;
  const views = files.map(({ name, length: bytes }): ModelFile => {
    at += bytes;
    return { name, bytes: request.subarray(at - bytes, at) };
  });
  return { task, options, files: views };
}
