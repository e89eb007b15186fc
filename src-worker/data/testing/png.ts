import { deflate } from 'pako';
import { crc32 } from '../formats/crc32';
import { concat } from './zip';

/** A PNG of grey (1) or RGB (3) bytes `[height, width, channels]`, made by hand so that its header can also lie. */
export function pngBytes(
  width: number,
  height: number,
  channels: 1 | 3,
  pixels: Uint8Array,
  announced = { width, height },
): Uint8Array<ArrayBuffer> {
  const lines = new Uint8Array(height * (width * channels + 1));
  for (let y = 0; y < height; y++) {
    lines.set(pixels.subarray(y * width * channels, (y + 1) * width * channels), y * (width * channels + 1) + 1);
  }
  const header = Uint8Array.from([
    ...u32(announced.width),
    ...u32(announced.height),
    8,
    channels === 1 ? 0 : 2,
    0,
    0,
    0,
  ]);
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflate(lines)),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(type), data]);
  return concat([Uint8Array.from(u32(data.length)), body, Uint8Array.from(u32(crc32(body)))]);
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
