import { isZip, readArchive } from './archive';
import { bundle } from './bundle';
import type { DataFormat } from './data-format';

/** Archives of images in folders or of data files, NPZ among them: read as if the files inside had been dropped together. */
export const zip: DataFormat = {
  label: 'Archive (ZIP, NPZ)',

  accepts: isZip,

  async read(content, context) {
    const entries = await readArchive(content);
    const files = entries.map(({ name, size, stream }) => ({ name, size, stream: () => stream(), range: null }));
    return bundle(content.name, 'an archive', files, context);
  },
};
