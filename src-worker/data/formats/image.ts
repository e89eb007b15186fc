import { isImage } from '../images';
import type { DataFormat } from './data-format';
import { readAll } from './read-all';

/** One image. Data need many, in folders; a model that was trained on images answers it. */
export const image: DataFormat = {
  label: 'Image (PNG, JPEG, WebP, GIF, BMP)',

  accepts: isImage,

  async read(content) {
    const { name, size } = content;
    return Promise.resolve({
      kind: 'images',
      name,
      entries: [{ name, size, read: () => readAll(content) }],
      warnings: [],
    });
  },
};
