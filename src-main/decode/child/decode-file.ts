import type { DecodedTable } from '../../../src-worker/data/decoded/decoded-table';
import { fail, ProblemError, succeed, type Outcome } from '../../../src-worker/problem';
import type { TableRequest } from '../request';
import { refuseCompound } from './compound';
import { decodeParquet } from './parquet';
import { decodeWorkbook } from './xlsx';

interface Decoder {
  /** The first bytes of what it decodes. */
  readonly magic: readonly (readonly number[])[];
  /** @throws ProblemError for what is wrong with the file; anything else it throws means damage, too */
  decode(request: TableRequest): Promise<DecodedTable>;
  /** As in "table.xlsx is damaged …: save it again from …". */
  readonly origin: string;
}

const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const decoders: readonly Decoder[] = [
  { magic: [ascii('PAR1'), ascii('PARE')], decode: decodeParquet, origin: 'the program that wrote it' },
  { magic: [[0x50, 0x4b, 3, 4]], decode: decodeWorkbook, origin: 'a spreadsheet program' },
  { magic: [[0xd0, 0xcf, 0x11, 0xe0]], decode: refuseCompound, origin: 'a spreadsheet program' },
];

/** Decodes by content. Whatever is thrown becomes a problem that names the file. */
export async function decodeFile(request: TableRequest): Promise<Outcome<DecodedTable>> {
  const { name, bytes } = request;
  const decoder = decoders.find(({ magic }) =>
    magic.some((start) => start.every((byte, index) => bytes[index] === byte)),
  );
  try {
    if (decoder === undefined) throw new Error('it is neither a workbook nor Parquet');
    return succeed(await decoder.decode(request));
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    const detail = error instanceof Error ? error.message : String(error);
    return fail({
      code: 'decode/damaged',
      message: `${name} is damaged and cannot be decoded (${detail.replace(/\s+/g, ' ').slice(0, 200).replace(/\.+$/, '')}).`,
      hint: `Save it again from ${decoder?.origin ?? 'the program that wrote it'}, or save it as CSV.`,
      file: name,
    });
  }
}
