import { describe, expect, test } from 'vitest';
import type { DecodedColumn, DecodedTable } from '../../src-worker/data/decoded/decoded-table';
import { toTable } from '../../src-worker/data/decoded/to-table';
import { numberAt, type Column } from '../../src-worker/data/column';
import { readFile } from '../../src-worker/data/formats';
import type { Table } from '../../src-worker/data/table';
import { serialToMs } from './child/xlsx/dates';
import { shownBy } from './child/xlsx/styles';
import { referenceOf } from './child/xlsx/sheet';
import { createRandom } from '../../src-worker/random';
import { decodeHere, fixture } from './testing/decode-fixture';
import { mutate } from './testing/mutate';

async function decoded(name: string, sheet: string | null = null): Promise<DecodedTable> {
  const outcome = await decodeHere(name, fixture(name), { sheet });
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

async function refusal(name: string, bytes = fixture(name), sheet: string | null = null): Promise<string> {
  const outcome = await decodeHere(name, bytes, { sheet });
  return outcome.ok ? 'read' : outcome.problems[0]!.code;
}

async function csvTwin(): Promise<Table> {
  const data = await readFile(new File([fixture('measurements.csv') as Uint8Array<ArrayBuffer>], 'measurements.csv'));
  if (data.kind !== 'table') throw new Error('not a table');
  return data.table;
}

/** What a row of a column says, however it is kept. */
function cellAt(column: Column, row: number): string {
  const number = numberAt(column, row);
  if (!Number.isNaN(number)) return String(number);
  return column.texts[column.codes?.[row] ?? 0] ?? '';
}

const REAL_WRITERS = [
  'measurements-openpyxl.xlsx',
  'measurements-inline.xlsx',
  'measurements-1904.xlsx',
  ...['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4', 'v2'].map((codec) => `measurements-${codec}.parquet`),
];

describe('files of other programs', () => {
  test.each(REAL_WRITERS)('%s is equal to its CSV twin', async (name) => {
    const table = toTable(name, await decoded(name));
    const twin = await csvTwin();
    expect(table.rows).toBe(twin.rows);
    expect(table.columns.map((column) => column.name)).toEqual(twin.columns.map((column) => column.name));
    table.columns.forEach((column, index) => {
      const other = twin.columns[index]!;
      expect(column.profile.holes, column.name).toBe(other.profile.holes);
      expect(column.profile.numeric, column.name).toEqual(other.profile.numeric);
      for (let row = 0; row < table.rows; row++)
        expect(cellAt(column, row), `${column.name} ${row}`).toBe(cellAt(other, row));
    });
    // Text keeps how a number is written: 1.0 and 1.
    const plain = (cell: string): string => (/^-?[\d.]+$/.test(cell) ? String(Number(cell)) : cell);
    expect(table.preview).toEqual(twin.preview.map((row) => row.map(plain)));
  });

  test('keep the types that the file knows', async () => {
    for (const name of REAL_WRITERS) {
      const types = (await decoded(name)).columns.map(({ type }) => type);
      expect(types, name).toEqual(['text', 'number', 'number', 'number', 'boolean', 'date', 'date']);
    }
  });
});

describe('a workbook', () => {
  test('is read from its first sheet with a table, or from the one that is named', async () => {
    const sheets = ['Read me', 'Hidden', 'Spring', 'Autumn'];
    expect((await decoded('seasons.xlsx')).workbook).toEqual({ sheets, sheet: 'Spring' });
    const autumn = await decoded('seasons.xlsx', 'Autumn');
    expect(autumn.workbook).toEqual({ sheets, sheet: 'Autumn' });
    expect([autumn.rows, autumn.columns.map(({ name }) => name)]).toEqual([120, ['diameter', 'weight', 'state']]);
    expect((await decoded('seasons.xlsx', 'Hidden')).rows).toBe(3);
    expect(await refusal('seasons.xlsx', undefined, 'Winter')).toBe('xlsx/no-sheet');
    expect(await refusal('seasons.xlsx', undefined, 'Read me')).toBe('xlsx/no-table');
    expect(await refusal('empty.xlsx')).toBe('xlsx/no-table');
  });

  test('is found among titles, merged cells, errors and notes, and says what it met', async () => {
    const { columns, rows, warnings } = await decoded('as-people-do.xlsx');
    expect(rows).toBe(6);
    expect(columns.map(shown)).toEqual([
      ['bed', 'text', ['left', 'left', 'left', 'right', 'right', 'right']],
      ['code', 'text', ['007', '012', '110', '111', '095', '096']],
      ['weight', 'number', [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]],
      // Formulas by the values they had, two of which were errors.
      ['double', 'number', [1, 3, NaN, 7, 9, NaN]],
      // 06:00:00 and the minutes after it, in seconds.
      ['taken', 'number', [21600, 21660, 21720, 21780, 21840, 21900]],
      ['price', 'number', [0, 1.25, 2.5, 3.75, 5, 6.25]],
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['xlsx/errors', 'xlsx/around-table', 'xlsx/merged']);
    expect(warnings[0]!.message).toContain('2 cells of as-people-do.xlsx hold errors (#DIV/0!, #N/A), first D6');
  });

  test('without a header gets numbered columns', async () => {
    const { columns, warnings } = await decoded('no-header.xlsx');
    expect(columns.map(shown)).toEqual([
      ['column 1', 'number', [1, 2, 3]],
      ['column 2', 'number', [2.5, 3.5, 4.5]],
      ['column 3', 'text', ['a', 'b', 'a']],
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['csv/no-header']);
  });

  test('may mix texts and numbers, and keep numbers as text', async () => {
    const table = await decoded('mixed.xlsx');
    expect(table.columns.map(shown).slice(1)).toEqual([
      ['mixed', 'mixed', ['0', '0.5', '1', 'none', '2', '2.5', '3', '3.5']],
      ['digits', 'text', ['1', '11', '21', '31', '41', '51', '61', '71']],
    ]);
    expect(table.warnings.map(({ code }) => code)).toEqual(['xlsx/numbers-as-text']);
    // A person who knows better finds the numbers there.
    const digits = toTable('mixed.xlsx', table).columns[2]!;
    expect([digits.known, numberAt(digits, 3)]).toEqual(['text', 31]);
  });

  test('with a password, of the old kind, or no workbook at all is refused by name', async () => {
    const compound = (stream: string): Uint8Array =>
      new Uint8Array(
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(600),
          Buffer.from(`${stream}\0`, 'utf16le'),
        ]),
      );
    expect(await refusal('a.xlsx', compound('EncryptedPackage'))).toBe('xlsx/password');
    expect(await refusal('a.xls', compound('Workbook'))).toBe('xlsx/old');
    expect(await refusal('a.xls', compound('Other'))).toBe('xlsx/old');
    expect(await refusal('a.xlsx', fixture('seasons.xlsx').slice(0, 3000))).toBe('decode/damaged');
  });
});

describe('dates of a workbook', () => {
  const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date);

  test('count from 1900 with a day too many, or from 1904', () => {
    expect(serialToMs(1, false)).toBe(day(1900, 1, 1));
    expect(serialToMs(59, false)).toBe(day(1900, 2, 28));
    expect(serialToMs(61, false)).toBe(day(1900, 3, 1));
    expect(serialToMs(45_351.5, false)).toBe(day(2024, 2, 29) + 43_200_000);
    expect(serialToMs(0, true)).toBe(day(1904, 1, 1));
    expect(serialToMs(43_889, true)).toBe(day(2024, 2, 29));
    expect(serialToMs(-1, false)).toBe(null);
    expect(serialToMs(3e6, false)).toBe(null);
  });

  test.each([
    ['General', 'number'],
    ['0.00%', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]-0;0', 'number'],
    ['_(* #,##0_);_(@_)', 'number'],
    ['0\\d', 'number'],
    ['yyyy-mm-dd', 'date'],
    ['[$-409]d/mmm/yy;@', 'date'],
    ['mmm', 'date'],
    ['dd.mm.yyyy hh:mm', 'date'],
    ['h:mm AM/PM', 'time'],
    ['[h]:mm:ss', 'time'],
    ['mm:ss.0', 'time'],
  ])('are told by their format: %s is a %s', (code, kind) => {
    expect(shownBy(code)).toBe(kind);
  });

  test('places are named as on the screen', () => {
    expect([referenceOf(0, 0), referenceOf(9, 25), referenceOf(0, 26), referenceOf(1_048_575, 16_383)]).toEqual([
      'A1',
      'Z10',
      'AA1',
      'XFD1048576',
    ]);
  });
});

describe('Parquet', () => {
  test('gives every type that makes a table, and names those that do not', async () => {
    const { columns, warnings } = await decoded('types.parquet');
    const stamp = Date.UTC(2024, 1, 29, 12, 30, 15, 250);
    const newYear = Date.UTC(2024, 0, 1);
    expect(columns.map(shown)).toEqual([
      ['int8', 'number', [-3, NaN, 5]],
      ['uint32', 'number', [2 ** 32 - 1, NaN, 5]],
      ['uint64', 'number', [2 ** 40, NaN, 5]],
      ['big', 'number', [2 ** 53, NaN, -5]],
      ['half', 'number', [1.5, NaN, -0.25]],
      ['float', 'number', [0.5, NaN, -0.25]],
      ['decimal', 'number', [1.15, NaN, -20.07]],
      ['wide decimal', 'number', [12345678.25, NaN, -20.07]],
      ['bool', 'boolean', [2, 0, 1]],
      ['text', 'text', ['007', '', 'ü']],
      ['dictionary', 'text', ['a', '', 'b']],
      ['utf8 bytes', 'text', ['plain', '', 'text']],
      ['date', 'date', [Date.UTC(2024, 1, 29), NaN, -86_400_000]],
      ['seconds', 'date', [stamp - 250, NaN, newYear]],
      ['micros', 'date', [stamp, NaN, newYear]],
      ['nanos', 'date', [stamp, NaN, newYear]],
      ['time', 'number', [3601.5, NaN, 0]],
      ['nothing', 'number', [NaN, NaN, NaN]],
      ['struct.x', 'number', [1, NaN, NaN]],
      ['struct.y.z', 'text', ['a', '', '']],
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['parquet/left-out', 'parquet/rounded']);
    expect(warnings[0]!.message).toContain('fixed (bytes), list (lists), map (maps), raw (bytes)');
    expect(warnings[1]!.message).toContain('beyond 2^53 in big;');
    expect((await decoded('int96.parquet')).columns.map(shown)).toEqual([['old', 'date', [stamp, NaN, newYear]]]);
  });

  test('whose pages do not make its rows is refused, and no promise is left alone, which would end the process', async () => {
    const name = 'measurements-none.parquet';
    const outcome = await decodeHere(name, mutate(fixture(name), createRandom(24, 'mutant', name)));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'decode/damaged', file: name }] });
    if (!outcome.ok) expect(outcome.problems[0]!.message).toContain('its pages do not make its rows');
    // What was left alone would be told, and fail this file, only now.
    await new Promise(setImmediate);
  });

  test('that is encrypted, empty or all lists is refused by name', async () => {
    expect(await refusal('encrypted.parquet')).toBe('parquet/encrypted');
    expect(await refusal('encrypted-column.parquet')).toBe('parquet/encrypted');
    expect(await refusal('no-rows.parquet')).toBe('parquet/no-rows');
    expect(await refusal('only-lists.parquet')).toBe('parquet/no-columns');
    expect(await refusal('cut.parquet', fixture('types.parquet').slice(0, -9))).toBe('decode/damaged');
  });
});

/** A column with its cells: numbers, or texts with '' for a hole. */
function shown(column: DecodedColumn): readonly [string, string, readonly unknown[]] {
  const { name, type } = column;
  if (type === 'free-text') return [name, type, column.first];
  const cells =
    'codes' in column
      ? [...column.codes].map((code) => (code === 0 ? '' : column.texts[code - 1]))
      : [...column.values];
  return [name, type, cells];
}
