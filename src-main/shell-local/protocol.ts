import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

/**
 * What the page and the loopback server agree on.
 *
 * 1. The window opens at `/?code=CODE`. The code is random, works once and for a short time.
 * 2. The page takes it out of its address and trades it: POST /session with `{ code }`, answered by `{ token }`.
 * 3. Every call is POST /api/VERB with the token in a header and the list of arguments as body; the answer is what the
 *    service returned. The token stays in the tab's sessionStorage, so that a reload goes on.
 *
 * Bodies are msgpack: JSON loses NaN, −0 and typed arrays. A request of another page never gets as far: the server checks Host,
 * Origin and Sec-Fetch-Site first, and a header of our own cannot be sent across origins without its consent.
 */
export const CODE_PARAMETER = 'code';
export const SESSION_ROUTE = '/session';
export const API_ROUTE = '/api/';
export const TOKEN_HEADER = 'x-layerlab-token';
export const CONTENT_TYPE = 'application/x-msgpack';

/** Room for the largest project and its wrapping. */
export const LARGEST_BODY_BYTES = 1.2 * 2 ** 30;

const EXTENSION = { float32: 1, float64: 2, bytes: 3, record: 4 } as const;

const codec = new ExtensionCodec();

function registerArray<T extends Float32Array | Float64Array | Uint8Array>(
  type: number,
  kind: { new (buffer: ArrayBuffer): T; readonly prototype: T },
): void {
  codec.register({
    type,
    encode: (value) =>
      value instanceof kind ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // A copy: aligned, and without the whole message behind it.
    decode: (data) => new kind(new Uint8Array(data).buffer),
  });
}

registerArray(EXTENSION.float32, Float32Array);
registerArray(EXTENSION.float64, Float64Array);
registerArray(EXTENSION.bytes, Uint8Array);

// A column may be called __proto__, which msgpack refuses as a key; such a record travels as its entries.
codec.register({
  type: EXTENSION.record,
  encode: (value) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')
      ? encodeMessage(Object.entries(value))
      : null,
  decode: (data) => Object.fromEntries(decodeMessage(data) as [string, unknown][]),
});

/** Plain data, typed arrays and every number to the bit, as bytes. */
export function encodeMessage(value: unknown): Uint8Array<ArrayBuffer> {
  // As floats, because an integer has no −0.
  return encode(value, { extensionCodec: codec, forceIntegerToFloat: true, ignoreUndefined: true });
}

/** @throws Error for bytes that are no message */
export function decodeMessage(bytes: Uint8Array): unknown {
  return decode(bytes, { extensionCodec: codec });
}
