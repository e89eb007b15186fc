import { exifOrientation } from './exif-orientation';
import type { ImageFormat, ImageSize } from './image-format';
import { ImageError, rasterOfRgba } from './raster';

/** Source: ITU-T T.81, Annex B. */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;

interface JpegHeader extends ImageSize {
  readonly components: number;
}

/** JPEG, baseline and progressive, grey and in colour; turned as its EXIF orientation says. */
export const jpeg: ImageFormat = {
  label: 'JPEG',

  accepts: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,

  size(bytes) {
    const { width, height } = headerOf(bytes);
    return { width, height };
  },

  async decode(bytes, codecs) {
    const { width, height, components } = headerOf(bytes);
    if (components !== 1 && components !== 3) {
      throw new ImageError(`it has ${components} channels of ink (CMYK); save it as RGB`);
    }
    // libjpeg fills what is missing with grey.
    if (!hasEnd(bytes)) throw new ImageError('it was cut off before its end');
    const decoded = await codecs.jpeg(bytes);
    if (decoded.width !== width || decoded.height !== height) throw new ImageError('its headers contradict each other');
    return rasterOfRgba(width, height, decoded.rgba);
  },
};

function headerOf(bytes: Uint8Array): JpegHeader {
  let turned = false;
  for (const { marker, data } of segmentsOf(bytes)) {
    if (marker === APP1) turned = (exifOrientation(data) ?? 1) >= 5;
    if (!isFrame(marker)) continue;
    if (data.length < 6) break;
    const rows = (data[1]! << 8) | data[2]!;
    const columns = (data[3]! << 8) | data[4]!;
    if (rows === 0 || columns === 0) throw new ImageError(`its size, ${columns} × ${rows}, is impossible`);
    const [width, height] = turned ? [rows, columns] : [columns, rows];
    return { width, height, components: data[5]! };
  }
  throw new ImageError('its header is missing or damaged');
}

/** SOF0 to SOF15, without the tables and extensions that lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** The segments up to the first scan; the data without their length. */
function* segmentsOf(bytes: Uint8Array): Generator<{ marker: number; data: Uint8Array }> {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2 || at + 2 + length > bytes.length) return;
    yield { marker, data: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

/** Whether an end mark follows the scans; what some cameras put behind it does not matter. */
function hasEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= 2; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) return true;
  }
  return false;
}
