import { describe, expect, test } from 'vitest';
import { readFile } from '.';
import type { Problem } from '../../problem';
import { ProblemError } from '../../problem';
import type { Table } from '../table';

function file(content: string | Uint8Array<ArrayBuffer>, name = 'table.csv'): File {
  return new File([content], name);
}

async function read(
  content: string | Uint8Array<ArrayBuffer>,
): Promise<{ table: Table; warnings: readonly Problem[] }> {
  const data = await readFile(file(content));
  if (data.kind !== 'table') throw new Error('expected a table');
  return data;
}

async function rowsOf(content: string | Uint8Array<ArrayBuffer>): Promise<unknown> {
  const { table } = await read(content);
  return [table.columns.map(({ name }) => name), ...table.preview];
}

async function problemOf(content: string | Uint8Array<ArrayBuffer>, name = 'table.csv'): Promise<Problem> {
  try {
    await readFile(file(content, name));
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!;
    throw error;
  }
  throw new Error('expected a problem');
}

function bytes(...parts: (string | number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );
}

describe('what people write', () => {
  test.each([
    [
      'comma in quotes',
      'first,city\nJohn,"Anytown, WW"\n',
      [
        ['first', 'city'],
        ['John', 'Anytown, WW'],
      ],
    ],
    [
      'empty quoted cells',
      'a,b,c\n1,"",""\n2,3,4',
      [
        ['a', 'b', 'c'],
        ['1', '', ''],
        ['2', '3', '4'],
      ],
    ],
    [
      'doubled quotes',
      'a,b\n1,"ha ""ha"" ha"\n3,4\n',
      [
        ['a', 'b'],
        ['1', 'ha "ha" ha'],
        ['3', '4'],
      ],
    ],
    [
      'JSON in a cell',
      'key,val\n1,"{""x"": [1, 2]}"\n',
      [
        ['key', 'val'],
        ['1', '{"x": [1, 2]}'],
      ],
    ],
    [
      'newline in quotes',
      'a,b\n"Once upon \na time",5\n',
      [
        ['a', 'b'],
        ['Once upon \na time', '5'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n"x\r\ny",5\r\n7,8\r\n',
      [
        ['a', 'b'],
        ['x\r\ny', '5'],
        ['7', '8'],
      ],
    ],
    [
      'CR',
      'a,b\r1,2\r3,4\r',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'CRLF and LF mixed',
      'a,b\r\n1,"2"\n3,"4"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'no newline at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'blank lines',
      '\na,b\n\n1,2\n  \n3,4\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['one column', 'a\n1\n2\n', [['a'], ['1'], ['2']]],
    [
      'tabs',
      'a\tb\n1\t2,5\n',
      [
        ['a', 'b'],
        ['1', '2,5'],
      ],
    ],
    [
      'bars',
      'a|b\n1|2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons and decimal commas',
      'a;b;c\n1,5;2,5;x\n3,5;4,5;y\n',
      [
        ['a', 'b', 'c'],
        ['1,5', '2,5', 'x'],
        ['3,5', '4,5', 'y'],
      ],
    ],
    [
      'semicolons without a header',
      '1,5;2,5\n3,5;4,5\n',
      [
        ['column 1', 'column 2'],
        ['1,5', '2,5'],
        ['3,5', '4,5'],
      ],
    ],
    [
      'commas in a semicolon text',
      'a;b\n1;x, y, z\n2;u, v, w\n',
      [
        ['a', 'b'],
        ['1', 'x, y, z'],
        ['2', 'u, v, w'],
      ],
    ],
    [
      'a stray quote inside a plain cell',
      'a,b\n5" disk,1\n',
      [
        ['a', 'b'],
        ['5" disk', '1'],
      ],
    ],
    [
      'UTF-8',
      'a,b\n1,ʤ\n',
      [
        ['a', 'b'],
        ['1', 'ʤ'],
      ],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await rowsOf(text)).toEqual(expected);
  });

  test('numbers and categories come out of the cells', async () => {
    const { table } = await read('x;kind\n3,14;a\n2;b\n;a\n');
    expect(table.columns[0]!.profile.numeric).toMatchObject({ min: 2, max: 3.14 });
    expect(table.columns[0]!.profile.holes).toBe(1);
    expect(table.columns[1]!.texts).toEqual(['', 'a', 'b']);
  });

  test('columns called __proto__ and constructor are columns', async () => {
    const { table } = await read('__proto__,constructor\n1,2\n3,4\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(table.columns[0]!.profile.numeric!.max).toBe(3);
    expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
  });
});

describe('encodings', () => {
  const expected = [
    ['a', 'b'],
    ['1', 'é'],
  ];
  const utf16 = (littleEndian: boolean): number[] =>
    [...'a,b\n1,é\n'].flatMap((letter) => {
      const code = letter.charCodeAt(0);
      return littleEndian ? [code & 255, code >> 8] : [code >> 8, code & 255];
    });

  test.each([
    ['UTF-8 with a byte order mark', bytes([0xef, 0xbb, 0xbf], 'a,b\n1,é\n')],
    ['UTF-16, little-endian', bytes([0xff, 0xfe], utf16(true))],
    ['UTF-16, big-endian', bytes([0xfe, 0xff], utf16(false))],
    ['UTF-16 without a mark', bytes(utf16(true))],
  ])('%s', async (_, content) => {
    expect(await rowsOf(content)).toEqual(expected);
  });

  test('what is not UTF-8 is read as Windows-1252, with a warning', async () => {
    const { table, warnings } = await read(bytes('a,b\n1,', [0xe9], '\n'));
    expect(table.preview).toEqual([['1', 'é']]);
    expect(warnings.map(({ code }) => code)).toEqual(['csv/not-utf-8']);
  });

  test('also where the first wrong byte comes late in a long file', async () => {
    const { table } = await read(bytes(`a,b\n${'1,x\n'.repeat(100_000)}2,`, [0xe9], '\n'));
    expect(table.rows).toBe(100_001);
    expect(table.columns[1]!.texts).toEqual(['', 'x', 'é']);
  });

  test('UTF-16 cut in the middle of a letter is named', async () => {
    expect((await problemOf(bytes([0xff, 0xfe], utf16(true), [0x41]))).code).toBe('csv/encoding');
  });
});

describe('header', () => {
  const headed = async (text: string): Promise<boolean> =>
    !(await read(text)).warnings.some(({ code }) => code === 'csv/no-header');

  test.each([
    ['names above numbers', 'a,b\n1,2\n', true],
    ['numbers at once', '1,2\n3,4\n', false],
    ['a number in the first row', '5.1,setosa\n4.9,virginica\n', false],
    ['unique texts above texts', 'name,city\nAnn,Rome\nBob,Oslo\n', true],
    ['texts that appear again', 'yes,no\nno,no\nyes,yes\n', false],
    ['an index without a name', ',x\n0,1.5\n1,2.5\n', true],
    ['a hole above numbers is no name', '?,a\n1,b\n2,a\n', false],
  ])('%s', async (_, text, expected) => {
    expect(await headed(text)).toBe(expected);
  });

  test('names are made unique, filled in and put on one line', async () => {
    const { table, warnings } = await read('a,a,,"b\n c",a (2)\n1,2,3,4,5\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'a (3)', 'column 3', 'b c', 'a (2)']);
    expect(warnings.map(({ code }) => code)).toEqual(['csv/empty-name', 'csv/duplicate-name']);
  });
});

describe('what is wrong', () => {
  test.each([
    ['an empty file', '', 'file/empty', undefined],
    ['blank lines', '\n\n  \n', 'file/empty', undefined],
    ['only a header', 'a,b,c\n', 'csv/no-rows', 1],
    ['a short row', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', 'csv/ragged-row', 3],
    ['a long row', 'a,b\n1,2\n\n3,4,5\n', 'csv/ragged-row', 4],
    ['a ragged row after quoted newlines', 'a,b\n"x\ny\nz",1\n2\n', 'csv/ragged-row', 5],
    ['a quote open to the end', 'a,b\n1,x\n2,"y\n3,z\n', 'csv/unclosed-quote', 3],
    ['a quote open to the next quoted cell', 'a,b\n1,"x"\n2,"y\n3,"z"\n4,"u"\n', 'csv/unclosed-quote', 3],
    ['a quote open after quoted newlines', 'a,b\n"1\n1",x\n2,"y\n', 'csv/unclosed-quote', 4],
    ['text after a closing quote', 'a,b\n1,"x" y\n', 'csv/stray-quote', 2],
  ])('%s', async (_, text, code, line) => {
    expect(await problemOf(text)).toMatchObject({ code, ...(line === undefined ? {} : { line }) });
  });

  test('a ragged row says what it has and what it should have', async () => {
    const { message, file: name } = await problemOf('a,b,c\n1,2\n');
    expect(message).toBe('Line 2 of table.csv has 2 cells, but the table has 3 columns.');
    expect(name).toBe('table.csv');
  });

  test('the lines are right far into a long file', async () => {
    const body = 'x,"two\nlines"\n'.repeat(20_000);
    expect((await problemOf(`a,b\n${body}1,2,3\n`)).line).toBe(40_002);
    expect((await problemOf(`a,b\n${body}1,"2\n${body}`)).line).toBe(40_002);
    expect((await problemOf(`a,b\n${'1,2\n'.repeat(50_000)}1\n`)).line).toBe(50_002);
  });

  test('empty cells beyond the last column are left out with a warning', async () => {
    const { table, warnings } = await read('a,b\n1,2,\n3,4,,\n');
    expect(table.preview).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(warnings).toMatchObject([{ code: 'csv/trailing-delimiter', line: 2 }]);
  });

  test('more columns than there may be', async () => {
    const names = Array.from({ length: 17_000 }, (_, n) => `c${n}`).join(',');
    expect((await problemOf(`${names}\n${names}\n`)).code).toBe('csv/too-many-columns');
  });
});

describe('content that is something else, under the name of a table', () => {
  test.each([
    ['a PDF document', bytes('%PDF-1.7\n')],
    ['an HTML page', bytes('<!DOCTYPE html>\n<html><body>404</body></html>')],
    ['a Git LFS pointer', bytes('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n')],
    ['a Layerlab experiment', bytes('{"data": {}, "network": {"layers": []}}')],
    ['a Python pickle', bytes([0x80, 4, 0x95, 0])],
  ])('%s', async (label, content) => {
    const problem = await problemOf(content);
    expect(problem.code).toBe('file/other-content');
    expect(problem.message).toContain(label);
  });

  test.each([
    ['unknown binary data', bytes([0, 1, 2, 3, 4, 5])],
    ['one zero byte', bytes([0])],
    ['control characters', bytes([1, 2, 3, 4, 5, 65])],
  ])('%s', async (_, content) => {
    expect((await problemOf(content)).code).toBe('file/binary');
  });

  test('one letter is a header without rows', async () => {
    expect((await problemOf('A')).code).toBe('csv/no-rows');
  });
});
