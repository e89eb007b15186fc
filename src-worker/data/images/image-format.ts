import type { Codecs } from './codecs';
import type { Raster } from './raster';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A kind of image file. One file per format, one line in the registry. */
export interface ImageFormat {
  readonly label: string;
  /** By its first bytes. */
  accepts(head: Uint8Array): boolean;
  /**
   * Columns and rows as the decoded image has them, found without decoding.
   * @throws ImageError where the header makes no sense
   */
  size(bytes: Uint8Array): ImageSize;
  /** @throws ImageError where the bytes make no image */
  decode(bytes: Uint8Array, codecs: Codecs): Raster | Promise<Raster>;
}
