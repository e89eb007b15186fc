import { gzip } from 'pako';
import { describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../../problem';
import { readFile, type TableFile } from '.';

async function tableOf(text: BlobPart, name = 'a.json'): Promise<TableFile> {
  const data = await readFile(new File([text], name));
  if (data.kind !== 'table') throw new Error('expected a table');
  return data;
}

async function rowsOf(text: BlobPart, name?: string): Promise<readonly (readonly string[])[]> {
  const { table } = await tableOf(text, name);
  expect(table.rows).toBe(table.preview.length);
  for (const column of table.columns) expect(column.length).toBe(table.rows);
  return [table.columns.map((column) => column.name), ...table.preview];
}

async function problemOf(text: BlobPart, name = 'a.json'): Promise<Problem> {
  const outcome = await readFile(new File([text], name)).catch((error: unknown) => error);
  if (outcome instanceof ProblemError) return outcome.problems[0]!;
  throw new Error('expected a problem', { cause: outcome });
}

const ab = [
  ['a', 'b'],
  ['1', 'x'],
  ['2', 'y'],
];

describe('reads', () => {
  test.each([
    ['objects', '[{"a": 1, "b": "x"}, {"b": "y", "a": 2}]', ab],
    ['arrays under a header', '[["a", "b"], [1, "x"], [2, "y"]]', ab],
    ['arrays without header', '[[1, "x"], [2, "y"]]', [['column 1', 'column 2'], ...ab.slice(1)]],
    ['columns', '{"a": [1, 2], "b": ["x", "y"]}', ab],
    ['a wrapper', '{"count": 2, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}', ab],
    ['a wrapper in a wrapper', '{"result": {"rows": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], "n": 2}}', ab],
    ['pandas, as it writes by default', '{"a": {"0": 1, "7": 2}, "b": {"0": "x", "7": "y"}}', ab],
    ['pandas, split', '{"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}', ab],
    ['pandas, table', '{"schema": {"fields": [{"name": "a"}]}, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}', ab],
    ['rows by name', '{"first": {"a": 1, "b": "x"}, "second": {"a": 2, "b": "y"}}', ab],
    ['JSON Lines', '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n', ab],
    ['JSON Lines of arrays', '["a", "b"]\r\n[1, "x"]\r\n\r\n[2, "y"]', ab],
    [
      'one object',
      '{"a": 1, "b": {"c": true}}',
      [
        ['a', 'b.c'],
        ['1', 'true'],
      ],
    ],
    ['plain values', '[1, null, 3]', [['value'], ['1'], [''], ['3']]],
    [
      'nesting',
      '[{"a": {"b": 1, "c": [2, {"d": 3}]}}]',
      [
        ['a.b', 'a.c.0', 'a.c.1.d'],
        ['1', '2', '3'],
      ],
    ],
    [
      'inputs and outputs side by side',
      '{"x": [[1, 2], [3, 4]], "y": [0, 1]}',
      [
        ['x.0', 'x.1', 'y'],
        ['1', '2', '0'],
        ['3', '4', '1'],
      ],
    ],
    [
      'holes, and keys that come late',
      '[{"a": null}, {}, {"b": false}]',
      [
        ['a', 'b'],
        ['', ''],
        ['', ''],
        ['', 'false'],
      ],
    ],
    ['null where others have an object', '[{"a": null}, {"a": {"b": 1}}]', [['a.b'], [''], ['1']]],
    ['escapes', '[{"\\u00e4": "\\ud83d\\ude00\\n\\"\\\\\\/"}]', [['ä'], ['😀\n"\\/']]],
  ])('%s', async (_, text, expected) => {
    expect(await rowsOf(text)).toEqual(expected);
    // A name that says nothing, every encoding, and gzip.
    expect(await rowsOf(text, 'data.txt')).toEqual(expected);
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from([...Array(text.length).keys()], (n) => text.charCodeAt(n)).buffer),
    ]);
    expect(await rowsOf(utf16)).toEqual(expected);
    expect(await rowsOf('\ufeff' + text)).toEqual(expected);
    expect(await rowsOf(gzip(text), 'a.json.gz')).toEqual(expected);
  });

  test('keys that objects of JavaScript have are columns like any other', async () => {
    const text = '[{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3, "hasOwnProperty": "x"}]';
    expect((await rowsOf(text))[0]).toEqual(['__proto__.polluted', 'constructor', 'toString', 'hasOwnProperty']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a key given twice counts once, its last value, with a warning', async () => {
    const { table, warnings } = await tableOf('[{"a": 1},\n{"a": 1, "a": 2}, {"a": 3}]');
    expect(table.preview).toEqual([['1'], ['2'], ['3']]);
    expect(warnings).toMatchObject([{ code: 'json/duplicate-key', line: 2 }]);
  });

  test('whole numbers beyond 2^53 with a warning; fractions and identifiers in quotes without', async () => {
    const numbers = await tableOf('[{"id": 9007199254740993, "v": 0.12345678901234567890, "s": "9007199254740993"}]');
    expect(numbers.warnings).toMatchObject([{ code: 'json/rounded', line: 1 }]);
    expect(numbers.warnings[0]!.message).toContain('"id"');
    expect((await tableOf('[{"id": 9007199254740991}]')).warnings).toEqual([]);
  });

  test('a text cut into pieces anywhere', async () => {
    const text = '[{"a": "\\u00e4\\n\\"", "b": -1.5e3},\n {"a": "é", "b": null}]';
    const whole = await rowsOf(text);
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7]) {
      const file = new File([text], 'a.json');
      Object.defineProperty(file, 'stream', {
        value: () =>
          new ReadableStream({
            start(controller) {
              for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
              controller.close();
            },
          }),
      });
      const data = await readFile(file);
      if (data.kind !== 'table') throw new Error('expected a table');
      expect([data.table.columns.map(({ name }) => name), ...data.table.preview], `${size}`).toEqual(whole);
    }
  });

  test('more rows than are looked at for a header', async () => {
    const rows = Array.from({ length: 1_000 }, (_, n) => [n, n % 2 === 0 ? 'a' : 'b']);
    const { table } = await tableOf(JSON.stringify([['n', 'k'], ...rows]));
    expect(table).toMatchObject({
      rows: 1_000,
      columns: [{ name: 'n', profile: { notNumbers: 0 } }, { counts: [0, 500, 500] }],
    });
    expect((await tableOf(JSON.stringify(rows))).table.rows).toBe(1_000);
  });
});

describe('refuses, with line and column', () => {
  test.each([
    ['a comma too many', '[{"a": 1},\n {"b": 2},]', 2, 11, 'a value should come'],
    ['a missing comma', '[{"a": 1}\n{"b": 2}]', 2, 1, 'a comma or ] should come'],
    ['a missing colon', '{"a" 1}', 1, 6, 'a colon'],
    ['a name without quotes', '{a: 1}', 1, 2, 'a name in quotes'],
    ['single quotes', "[{'a': 1}]", 1, 3, 'a name in quotes'],
    ['NaN', '[{"a": NaN}]', 1, 8, 'null'],
    ['a number with a zero in front', '[{"a": 01}]', 1, 8, '"01" is no value'],
    ['a line break in a text', '[{"a": "x\ny"}]', 1, 10, 'end of a line'],
    ['an escape that is none', '[{"a": "\\x"}]', 1, 10, 'no escape'],
    ['a text that never ends', '[{"a": "x}]', 1, 8, 'never ends'],
    ['an end that never comes', '[{"a": 1}', 1, 10, 'ends where a comma or ]'],
    ['the wrong bracket', '[{"a": 1]]', 1, 9, 'a comma or }'],
    ['something after the end', '[{"a": 1}] x', 1, 12, 'the end of the file'],
    ['a broken line of JSON Lines', '{"a": 1}\n{"a": 2\n{"a": 3}\n', 2, 8, 'the line ends'],
    ['two values on a line', '{"a": 1}\n{"a": 2} {"a": 3}\n', 2, 10, 'the end of the line'],
    ['brackets without end', '['.repeat(100_000), 1, 65, 'more than 64 deep'],
  ])('%s', async (_, text, line, column, words) => {
    const problem = await problemOf(text);
    expect(problem).toMatchObject({ code: 'json/syntax', file: 'a.json', line, column });
    expect(problem.message).toContain(words);
  });

  test.each([
    ['rows of different lengths', '[[1, 2],\n[3]]', 'json/ragged-row', 2],
    ['columns of different lengths', '{"a": [1, 2],\n"b": [3]}', 'json/ragged-column', 2],
    ['rows of different kinds', '[{"a": 1},\n[3]]', 'json/mixed-rows', 2],
    ['row labels that differ', '{"a": {"0": 1, "1": 2},\n"b": {"1": 3, "0": 4}}', 'json/row-labels', 2],
    ['several tables', '{"train": [{"a": 1}], "test": [{"a": 2}]}', 'json/no-table', 1],
    ['a text', '"a"', 'json/no-table', 1],
    ['an empty array', '[]', 'json/no-rows', 1],
    ['rows without values', '[{}, {}]', 'json/no-rows', 1],
  ])('%s', async (_, text, code, line) => {
    expect(await problemOf(text)).toMatchObject({ code, file: 'a.json', line });
  });

  test('more columns than there may be', async () => {
    const text = JSON.stringify(Array.from({ length: 17_000 }, (_, n) => ({ [`c${n}`]: n })));
    expect((await problemOf(text)).code).toBe('json/too-many-columns');
  });

  test('text that is not UTF-8', async () => {
    const bytes = Uint8Array.from([...'[{"a": "'].map((c) => c.charCodeAt(0)).concat(0xe4, 0x22, 0x7d, 0x5d));
    expect((await problemOf(bytes)).code).toBe('json/encoding');
  });
});
