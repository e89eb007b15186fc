import { deflateRaw } from 'pako';
import { crc32 } from '../formats/crc32';

/** What a test packs; the optional fields are the lies that it tells. */
export interface ZipInput {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly crc?: number;
  readonly size?: number;
  readonly flags?: number;
  readonly unixMode?: number;
}

/** A zip archive, made by hand so that it can also be wrong. */
export function zip(inputs: readonly ZipInput[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const input of inputs) {
    const content = typeof input.content === 'string' ? new TextEncoder().encode(input.content) : input.content;
    const packed = input.stored === true ? content : deflateRaw(content);
    const name = new TextEncoder().encode(input.name);
    const common = [
      ...u16(20, (input.flags ?? 0) | 0x800, input.stored === true ? 0 : 8, 0, 0x21),
      ...u32(input.crc ?? crc32(content), packed.length, input.size ?? content.length),
      ...u16(name.length, 0),
    ];
    const local = Uint8Array.from([...u32(0x04034b50), ...common, ...name]);
    const mode = input.unixMode ?? 0o100644;
    directory.push(
      Uint8Array.from([...u32(0x02014b50), ...u16(0x314), ...common, ...u16(0, 0, 0, 0, mode), ...u32(at), ...name]),
    );
    parts.push(local, packed);
    at += local.length + packed.length;
  }
  const bytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = [...u32(0x06054b50), ...u16(0, 0, inputs.length, inputs.length), ...u32(bytes, at), ...u16(0)];
  return concat([...parts, ...directory, Uint8Array.from(end)]);
}

function u16(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value & 255, (value >>> 8) & 255]);
}

function u32(...values: readonly number[]): number[] {
  return values.flatMap((value) => u16(value & 0xffff, value >>> 16));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
