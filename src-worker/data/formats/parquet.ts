import type { DataFormat } from './data-format';
import { readDecoded } from './decoded';

/** Parquet, plain (PAR1) or with an encrypted footer (PARE), which the decoder refuses by name. Source: the Apache Parquet format. */
export const parquet: DataFormat = {
  label: 'Table (Parquet)',

  accepts(head) {
    const magic = String.fromCharCode(...head.subarray(0, 4));
    return magic === 'PAR1' || magic === 'PARE';
  },

  read: readDecoded,
};
