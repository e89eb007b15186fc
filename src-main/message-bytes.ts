import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

// msgpack, because JSON loses NaN, −0 and typed arrays.
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
