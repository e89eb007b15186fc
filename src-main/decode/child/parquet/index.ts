import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData, type ParquetParsers } from 'hyparquet';
import type { DecodedColumn, DecodedTable } from '../../../../src-worker/data/decoded/decoded-table';
import { MAX_CELLS } from '../../../../src-worker/data/limits';
import { ProblemError, type Problem } from '../../../../src-worker/problem';
import { nameColumns } from '../../../../src-worker/data/formats/csv-header';
import type { TableRequest } from '../../request';
import { checkTableSize } from '../table-size';
import { createTextAllowance } from '../text-collector';
import { createReader } from './column-reader';
import { columnsOf, type LeftOut, type TableColumn } from './columns';
import { boundedCompressors } from './compressors';

/** A column of bytes that are no text. */
class NotText extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const text = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new NotText();
  }
};

/** Values as the table keeps them: dates as milliseconds since 1970-01-01 UTC, documents as their text. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros) => Number(micros) / 1e3,
  timestampFromNanoseconds: (nanos) => Number(nanos / 1_000n) / 1e3,
  dateFromDays: (days) => days * 86_400_000,
  stringFromBytes: text,
  jsonFromBytes: text,
};

/**
 * Reads a Parquet file, one column of one row group after the other.
 * @throws ProblemError for what makes no table; Error for damage
 */
export async function decodeParquet({ name, bytes }: TableRequest): Promise<DecodedTable> {
  refuseEncrypted(name, bytes);
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    // A copy, as the library wants a buffer of its own.
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const rows = countRows(metadata);
  const { columns, leftOut } = columnsOf(metadata);
  checkTableSize(name, rows, columns.length);
  refuseEncryptedColumns(name, metadata);
  const source = { name, file, metadata, compressors: boundedCompressors(name) };
  const allowance = createTextAllowance();
  const read: DecodedColumn[] = [];
  const binary: LeftOut[] = [];
  const rounded: string[] = [];
  for (const column of columns) {
    const reader = createReader(column, allowance);
    try {
      await readColumn(source, column, (value) => reader.add(value));
      read.push(reader.finish());
      if (reader.rounded > 0) rounded.push(column.name);
    } catch (error) {
      if (!(error instanceof NotText)) throw error;
      binary.push({ name: column.name, is: 'bytes' });
    }
  }
  const left = [...leftOut, ...binary];
  if (read.length === 0 || rows === 0) throw new ProblemError(nothingLeft(name, rows, left));
  const named = nameColumns(
    read.map((column) => column.name),
    true,
    name,
  );
  return {
    rows,
    columns: read.map((column, index) => ({ ...column, name: named.names[index]! })),
    warnings: [
      ...named.warnings,
      ...(left.length === 0 ? [] : [leftOutWarning(name, left)]),
      ...(rounded.length === 0 ? [] : [roundedWarning(name, rounded)]),
    ],
    workbook: null,
  };
}

interface Source {
  readonly name: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: ReturnType<typeof boundedCompressors>;
}

async function readColumn(
  { file, metadata, compressors }: Source,
  { path }: TableColumn,
  add: (value: unknown) => void,
): Promise<void> {
  const [top = '', ...fields] = path;
  for (const group of metadata.row_groups) {
    const wanted = Number(group.num_rows);
    if (wanted === 0) continue;
    let next = 0;
    // What is thrown into the library also ends a promise of its own that nobody looks at, which would end the process.
    let failure: { readonly error: unknown } | null = null;
    await parquetRead({
      file,
      // The group alone: the library looks through all of them at every call.
      metadata: { ...metadata, row_groups: [group], num_rows: group.num_rows },
      columns: [top],
      compressors,
      parsers,
      geoparquet: false,
      onChunk({ columnData, rowStart, rowEnd }) {
        if (failure !== null) return;
        try {
          if (rowStart !== next || rowEnd > wanted) throw new Error('its pages do not make its rows');
          for (let row = 0; row < columnData.length; row++) {
            add(fields.reduce<unknown>((value, field) => fieldOf(value, field), columnData[row]));
          }
          next = rowEnd;
        } catch (error) {
          failure = { error };
        }
      },
    });
    if (failure !== null) throw (failure as { error: unknown }).error;
    if (next !== wanted) throw new Error(`column ${path.join('.')} has ${next} of the ${wanted} rows of its group`);
  }
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Record<string, unknown>)[field]
    : null;
}

function countRows({ row_groups: groups }: FileMetaData): number {
  const rows = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (groups.some((group) => !(Number(group.num_rows) >= 0)) || !(rows <= Number.MAX_SAFE_INTEGER)) {
    throw new Error('its row groups have no sensible size');
  }
  return Math.min(rows, MAX_CELLS + 1);
}

/** Of an encrypted footer. Source: Apache Parquet, Encryption.md: the magic of such a file is PARE. */
function refuseEncrypted(name: string, bytes: Uint8Array): void {
  const magic = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (magic(0) === 'PARE' || magic(bytes.length - 4) === 'PARE') throw new ProblemError(encrypted(name, `${name} is`));
}

function refuseEncryptedColumns(name: string, { row_groups: groups }: FileMetaData): void {
  const chunks = groups.flatMap(({ columns }) => columns);
  if (chunks.some((chunk) => chunk.crypto_metadata !== undefined || chunk.encrypted_column_metadata !== undefined)) {
    throw new ProblemError(encrypted(name, `${name} has columns that are`));
  }
}

function encrypted(file: string, what: string): Problem {
  return {
    code: 'parquet/encrypted',
    message: `${what} encrypted, and the app has no key.`,
    hint: 'Write it again without encryption.',
    file,
  };
}

function listOf(left: readonly LeftOut[]): string {
  const shown = left.slice(0, 5).map(({ name, is }) => `${name} (${is})`);
  return shown.join(', ') + (left.length > shown.length ? ` and ${left.length - shown.length} more` : '');
}

function leftOutWarning(file: string, left: readonly LeftOut[]): Problem {
  return {
    code: 'parquet/left-out',
    message: `${file} has columns that are no single value per row; they were left out: ${listOf(left)}.`,
    hint: 'Spread them over columns of their own before writing the file if they matter.',
    file,
  };
}

function roundedWarning(file: string, columns: readonly string[]): Problem {
  return {
    code: 'parquet/rounded',
    message: `${file} has whole numbers beyond 2^53 in ${columns.slice(0, 5).join(', ')}; they were rounded, so that different ones may have become equal.`,
    hint: 'Write identifiers as text.',
    file,
  };
}

function nothingLeft(file: string, rows: number, left: readonly LeftOut[]): Problem {
  return rows === 0
    ? { code: 'parquet/no-rows', message: `${file} has no rows.`, hint: 'Drop a file that holds data.', file }
    : {
        code: 'parquet/no-columns',
        message: `${file} has no column that a table can hold${left.length === 0 ? '' : `: ${listOf(left)}`}.`,
        hint: 'Spread lists and maps over columns of their own.',
        file,
      };
}
