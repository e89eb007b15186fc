import { MAX_FILE_BYTES } from '../limits';
import { ProblemError } from '../../problem';
import type { ImageColor } from '../../experiment/document';
import type { ImageSize } from './image-format';
import { toGrey, type Raster } from './raster';

/** Images of one size, one behind the other, as bytes. */
export class ImageStack {
  count = 0;
  readonly #size: ImageSize;
  readonly #capacity: number;
  readonly #color: ImageColor | null;
  #channels: 1 | 3;
  #pixels: Uint8Array;

  /**
   * @param capacity images that may come
   * @param color null where they are grey until the first one that is not
   * @throws ProblemError where so many images take more than 1 GiB
   */
  constructor(size: ImageSize, capacity: number, color: ImageColor | null) {
    this.#size = size;
    this.#capacity = capacity;
    this.#color = color;
    this.#channels = color === 'rgb' ? 3 : 1;
    this.#pixels = this.#allocate();
  }

  get channels(): 1 | 3 {
    return this.#channels;
  }

  /** `[count, channels, height, width]`. */
  get pixels(): Uint8Array {
    const used = this.count * this.#plane * this.#channels;
    return used === this.#pixels.length ? this.#pixels : this.#pixels.slice(0, used);
  }

  get #plane(): number {
    return this.#size.width * this.#size.height;
  }

  /** Adds an image of the size of all. */
  add(image: Raster): void {
    if (image.channels === 3 && this.#channels === 1 && this.#color === null) this.#widen();
    const { channels, pixels } = this.#color === 'grey' ? toGrey(image) : image;
    const plane = this.#plane;
    const start = this.count++ * plane * this.#channels;
    for (let c = 0; c < this.#channels; c++) {
      const from = channels === 1 ? 0 : c;
      for (let p = 0; p < plane; p++) this.#pixels[start + c * plane + p] = pixels[p * channels + from]!;
    }
  }

  /** Grey images in three equal channels. */
  #widen(): void {
    const grey = this.#pixels;
    const plane = this.#plane;
    this.#channels = 3;
    this.#pixels = this.#allocate();
    for (let n = 0; n < this.count; n++) {
      const image = grey.subarray(n * plane, (n + 1) * plane);
      for (let c = 0; c < 3; c++) this.#pixels.set(image, (n * 3 + c) * plane);
    }
  }

  #allocate(): Uint8Array {
    const bytes = this.#capacity * this.#plane * this.#channels;
    if (bytes <= MAX_FILE_BYTES) return new Uint8Array(bytes);
    const { width, height } = this.#size;
    throw new ProblemError({
      code: 'images/too-large',
      message: `${this.#capacity.toLocaleString('en')} images of ${width} × ${height} pixels take more than 1 GiB.`,
      hint: 'Choose a smaller size, or grey instead of colours.',
      path: 'data.source.images',
    });
  }
}
