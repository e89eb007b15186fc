import { decodeSafetensorsFile } from '../safetensors';
import { CARRY_KEY } from '../carry';
import type { ImportFormat } from './format';
import { readingOfArrays } from './readings';

/** Arrays by name, as PyTorch and others save them. A header of JSON behind its length, which no other format has. */
export const safetensors: ImportFormat = {
  id: 'safetensors',
  label: 'safetensors',
  accepts: ({ name, bytes }) =>
    (bytes[8] === OPENING_BRACE && bytes[6] === 0 && bytes[7] === 0) || /\.safetensors$/i.test(name),

  read: ([file]) => {
    const { name, bytes } = file!;
    const { tensors, metadata } = decodeSafetensorsFile(bytes, name);
    const known = {
      file: name,
      producer: metadata.get('format') ?? '',
      tensors,
      layers: [],
      carry: metadata.get(CARRY_KEY) ?? null,
    };
    return Promise.resolve(readingOfArrays(known));
  },
};

const OPENING_BRACE = 0x7b;
