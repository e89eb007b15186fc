import type { Problem } from '../../problem';

/** Of a workbook or a Parquet file where no process decodes it. */
export function noDecoder(file: string): Problem {
  return {
    code: 'decode/no-decoder',
    message: `${file} cannot be read here: nothing is there that decodes it.`,
    hint: 'Save it as CSV.',
    file,
  };
}
