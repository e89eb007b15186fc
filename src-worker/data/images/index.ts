import { bmp } from './bmp';
import type { Codecs } from './codecs';
import { gif } from './gif';
import type { ImageFormat, ImageSize } from './image-format';
import { jpeg } from './jpeg';
import { png } from './png';
import { ImageError, isGrey, toGrey, type Raster } from './raster';
import { webp } from './webp';

/** Every format that images are read from. To add one: a file and this line, and its ending in {@link IMAGE_NAME}. */
export const imageFormats: readonly ImageFormat[] = [png, jpeg, webp, gif, bmp];

/** Names under which images lie; what they hold decides how they are read. */
export const IMAGE_NAME = /\.(?:png|jpe?g|jfif|webp|gif|bmp|dib)$/i;

/** Of an image: 256 MB with four bytes a pixel. */
export const MAX_PIXELS = 64e6;

/** Whether bytes begin like an image, whatever their name. */
export function isImage(head: Uint8Array): boolean {
  return imageFormats.some((format) => format.accepts(head));
}

/**
 * Columns and rows of an image, from its header alone.
 * @throws ImageError where the bytes are no image, damaged, or announce more than {@link MAX_PIXELS}
 */
export function imageSize(bytes: Uint8Array): ImageSize {
  const size = formatOf(bytes).size(bytes);
  if (size.width * size.height > MAX_PIXELS) {
    throw new ImageError(
      `it announces ${size.width.toLocaleString('en')} × ${size.height.toLocaleString('en')} pixels, more than the ${MAX_PIXELS / 1e6} million that are decoded`,
    );
  }
  return size;
}

/**
 * The pixels of an image. One that has no colours has one channel, however it was saved.
 * @throws ImageError as {@link imageSize}, before anything is decoded, and where the pixels are damaged
 */
export async function decodeImage(bytes: Uint8Array, codecs: Codecs): Promise<Raster> {
  imageSize(bytes);
  const raster = await formatOf(bytes).decode(bytes, codecs);
  return isGrey(raster) ? toGrey(raster) : raster;
}

function formatOf(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new ImageError('it is empty');
  const format = imageFormats.find((candidate) => candidate.accepts(bytes));
  if (format === undefined) throw new ImageError('it is no PNG, JPEG, WebP, GIF or BMP image');
  return format;
}

export { createCodecs, type Codecs } from './codecs';
export { ImageError, toGrey, type Raster } from './raster';
