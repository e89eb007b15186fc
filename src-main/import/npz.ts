import { readNpy } from '../../src-worker/data/formats/npy';
import { openContent, sourceOf } from '../../src-worker/data/formats/content';
import type { FileTensor } from './describe-tensor';
import { readZip } from '../zip';
import { CARRY_KEY } from '../carry';
import type { ImportFormat } from './format';
import { readingOfArrays } from './readings';
import { hasEntry } from './zip-entries';

/** Arrays by name in a zip, as `numpy.savez` writes them. */
export const npz: ImportFormat = {
  id: 'npz',
  label: 'NPZ',
  accepts: ({ bytes }) => hasEntry(bytes, (name) => name.endsWith('.npy')),

  async read([file]) {
    const { name, bytes } = file!;
    const entries = await readZip(bytes, name, 'model');
    const tensors: FileTensor[] = [];
    for (const [entry, content] of entries) {
      if (!entry.endsWith('.npy')) continue;
      tensors.push(await readArray(entry, content));
    }
    const carry = entries.get(`${CARRY_KEY}.json`);
    return readingOfArrays({
      ...{ file: name, producer: 'NumPy', tensors, layers: [] },
      carry: carry === undefined ? null : new TextDecoder().decode(carry),
    });
  },
};

async function readArray(entry: string, bytes: Uint8Array): Promise<FileTensor> {
  const name = entry.slice(0, -'.npy'.length);
  const content = await openContent(sourceOf(new File([bytes as Uint8Array<ArrayBuffer>], entry)));
  const file = await readNpy(content);
  // A structured array is a table, and one of texts holds codes.
  if (file.kind !== 'array' || file.texts !== null) return { name, type: 'records or texts', shape: [], values: null };
  const { values, shape } = file;
  if (values instanceof Float32Array || values instanceof Float64Array)
    return { name, type: nameOf(values), shape, values };
  return { name, type: nameOf(values), shape, values: Float32Array.from(values) };
}

function nameOf(values: ArrayBufferView): string {
  return values.constructor.name.replace('Array', '').toLowerCase();
}
