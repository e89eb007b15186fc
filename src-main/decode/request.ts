import type { DecodeOptions } from '../../src-worker/api';

/** What the decoding process is asked: one file. */
export interface DecodeRequest {
  readonly name: string;
  readonly options: DecodeOptions;
  readonly bytes: Uint8Array;
}

const LENGTH_BYTES = 4;

/** The length of the header (uint32, little-endian), name and options as JSON, then the file. */
export function encodeRequest({ name, options, bytes }: DecodeRequest): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify({ name, options }));
  const request = new Uint8Array(LENGTH_BYTES + header.length + bytes.length);
  new DataView(request.buffer).setUint32(0, header.length, true);
  request.set(header, LENGTH_BYTES);
  request.set(bytes, LENGTH_BYTES + header.length);
  return request;
}

/** Of the manager's own process, so it is what {@link encodeRequest} made; `bytes` is a view into `request`. */
export function decodeRequest(request: Uint8Array): DecodeRequest {
  const length = new DataView(request.buffer, request.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(request.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as Omit<
    DecodeRequest,
    'bytes'
  >;
  return { ...header, bytes: request.subarray(LENGTH_BYTES + length) };
}
