import { MAX_FILE_BYTES } from '../limits';
import type { ImageSize } from './image-format';

/** The longer side of images whose size is not chosen by a person, unless all have one size that is small already. */
const USUAL_SIDE = 64;
/** Of images that all have this size or a smaller one, every pixel is kept. */
const LARGEST_KEPT = 128;
/** As many of those in colour take 1 GiB. */
const MANY = MAX_FILE_BYTES / (3 * LARGEST_KEPT ** 2);

export interface ChosenSize extends ImageSize {
  /** Why this size, in one sentence. */
  readonly reason: string;
}

/**
 * The size that images are brought to: that of all of them, or else the median of widths and of heights, made smaller in proportion
 * until no side is longer than 64 pixels: every pixel is an input of the network. Very many are made smaller still, so that they fit into memory.
 *
 * @param sizes of at least one image
 */
export function chooseSize(sizes: readonly ImageSize[]): ChosenSize {
  const side = Math.min(USUAL_SIDE, Math.floor(Math.sqrt(MAX_FILE_BYTES / (3 * sizes.length))));
  const width = median(sizes.map((size) => size.width));
  const height = median(sizes.map((size) => size.height));
  const equal = sizes.every((size) => size.width === width && size.height === height);
  const inWords = `${width} × ${height}`;
  if (equal && Math.max(width, height) <= Math.max(side, sizes.length > MANY ? 0 : LARGEST_KEPT)) {
    return { width, height, reason: `Every image has ${inWords} pixels.` };
  }
  const scale = Math.min(1, side / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const found = equal ? `Every image has ${inWords} pixels` : `Sizes differ; the median is ${inWords} pixels`;
  if (scale === 1) return { ...size, reason: `${found}.` };
  return { ...size, reason: `${found}, made smaller to at most ${side} a side, since every pixel is an input.` };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;
}
