import type { ImageFormat, ImageSize } from './image-format';
import { ImageError, rasterOfRgba } from './raster';

/** WebP, lossy and lossless, over white where it is transparent. Source of the header: RFC 9649. */
export const webp: ImageFormat = {
  label: 'WebP',

  accepts: (head) => textAt(head, 0) === 'RIFF' && textAt(head, 8) === 'WEBP',

  size: sizeOf,

  async decode(bytes, codecs) {
    const { width, height } = sizeOf(bytes);
    const view = viewOf(bytes);
    if (view.getUint32(4, true) + 8 > bytes.length) throw new ImageError('it was cut off before its end');
    if (textAt(bytes, 12) === 'VP8X' && (bytes[20]! & 2) !== 0) {
      throw new ImageError('it is an animation; save its first frame as PNG');
    }
    const decoded = await codecs.webp(bytes);
    if (decoded.width !== width || decoded.height !== height) throw new ImageError('its headers contradict each other');
    return rasterOfRgba(width, height, decoded.rgba);
  },
};

function sizeOf(bytes: Uint8Array): ImageSize {
  if (bytes.length < 30) throw new ImageError('it was cut off in its header');
  const view = viewOf(bytes);
  switch (textAt(bytes, 12)) {
    // Lossy: a frame tag of three bytes, a start code of three, then 14 bits each.
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    // Lossless: a signature byte, then 14 bits each, both less one.
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    // Extended: flags and three reserved bytes, then 24 bits each, both less one.
    case 'VP8X':
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      throw new ImageError('its header is damaged');
  }
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
