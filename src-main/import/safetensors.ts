import { decodeSafetensorsFile } from '../safetensors';
import { CARRY_KEY } from '../carry';
import { readZip } from '../zip';
import type { ImportFormat, ModelFile } from './format';
import { readingOfArrays } from './readings';
import { hasEntry } from './zip-entries';

const ENDING = /\.safetensors$/i;

/**
 * Arrays by name, as PyTorch and others save them. A header of JSON behind its length, which no other format has; also in a zip, such as our
 * PyTorch export, and in several files.
 */
export const safetensors: ImportFormat = {
  id: 'safetensors',
  label: 'safetensors',
  accepts: ({ name, bytes }) =>
    (bytes[8] === OPENING_BRACE && bytes[6] === 0 && bytes[7] === 0) ||
    ENDING.test(name) ||
    hasEntry(bytes, (entry) => ENDING.test(entry)),

  async read(files) {
    const [{ name, bytes }] = files as readonly [ModelFile];
    const parts = hasEntry(bytes, (entry) => ENDING.test(entry))
      ? [...(await readZip(bytes, name, 'model'))].map(([entry, content]): ModelFile => ({
          name: entry,
          bytes: content,
        }))
      : files;
    const read = parts
      .filter((part) => part === files[0] || ENDING.test(part.name))
      .map((part) => decodeSafetensorsFile(part.bytes, part.name));
    const said = (key: string) => read.map(({ metadata }) => metadata.get(key)).find((value) => value !== undefined);
    return readingOfArrays({
      ...{ file: name, producer: said('format') ?? '', layers: [], carry: said(CARRY_KEY) ?? null },
      tensors: read.flatMap(({ tensors }) => tensors),
    });
  },
};

const OPENING_BRACE = 0x7b;
