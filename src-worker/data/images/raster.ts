/** A decoded image. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: 1 | 3;
  /** `[height, width, channels]`, 8 bits each. */
  readonly pixels: Uint8Array;
}

/** Thrown where bytes make no image; the message completes "x.png: …". */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/** The colour of what is transparent: that of paper, as most programs show it. */
const BACKGROUND = 255;

/** A sample over the background: α from 0 to 255, rounded to the nearest. */
export function overBackground(sample: number, alpha: number): number {
  return alpha === 255 ? sample : Math.floor((sample * alpha + BACKGROUND * (255 - alpha) + 127) / 255);
}

/** Red, green, blue and alpha of every pixel, without what is transparent; fresh. */
export function rasterOfRgba(width: number, height: number, rgba: Uint8Array | Uint8ClampedArray): Raster {
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = rgba[pixel * 4 + 3]!;
    for (let c = 0; c < 3; c++) pixels[pixel * 3 + c] = overBackground(rgba[pixel * 4 + c]!, alpha);
  }
  return { width, height, channels: 3, pixels };
}

/** Whether no pixel has a colour: many a grey image is saved in three equal channels. */
export function isGrey({ channels, pixels }: Raster): boolean {
  if (channels === 1) return true;
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/**
 * One channel of luma, Y = 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point; equal channels stay what they are. Source: ITU-R
 * Recommendation BT.601-7, §2.5.1. Fresh, except where the image is grey already.
 */
export function toGrey(raster: Raster): Raster {
  if (raster.channels === 1) return raster;
  const { width, height, pixels: rgb } = raster;
  const pixels = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < pixels.length; pixel++, at += 3) {
    pixels[pixel] = (rgb[at]! * 19595 + rgb[at + 1]! * 38470 + rgb[at + 2]! * 7471 + 32768) >> 16;
  }
  return { width, height, channels: 1, pixels };
}
