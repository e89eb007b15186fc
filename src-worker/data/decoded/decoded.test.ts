import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random';
import { inferType } from '../infer-type';
import { categoriesOf, numberAt } from '../column';
import type { DecodedTable } from './decoded-table';
import { encodeReply } from './encode';
import { readReply } from './read-reply';
import { toTable } from './to-table';

const table: DecodedTable = {
  rows: 3,
  columns: [
    { name: '__proto__', type: 'number', values: Float64Array.of(1.5, NaN, 1e300) },
    { name: 'day', type: 'date', values: Float64Array.of(0, 86_400_500, NaN) },
    { name: 'yes', type: 'boolean', values: Uint8Array.of(2, 0, 1) },
    { name: 'id', type: 'text', codes: Uint32Array.of(1, 2, 0), texts: ['007', '7'] },
    { name: 'mixed', type: 'mixed', codes: Uint32Array.of(1, 2, 1), texts: ['1', 'x'] },
    { name: 'notes', type: 'free-text', holes: 1, first: ['a', '', 'ü'] },
  ],
  warnings: [{ code: 'a/b', message: 'm', hint: 'h', file: 'f' }],
  workbook: { sheets: ['A', 'B'], sheet: 'B' },
};

describe('what crosses from the decoder', () => {
  test('is read as it was written, bit by bit', () => {
    expect(readReply('a.xlsx', encodeReply({ ok: true, value: table }))).toEqual({ ok: true, value: table });
    // Also where it lies anywhere in a larger buffer.
    const bytes = encodeReply({ ok: true, value: table });
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    expect(readReply('a.xlsx', moved.subarray(3))).toEqual({ ok: true, value: table });
  });

  test('may be problems', () => {
    const failure = { ok: false as const, problems: [{ code: 'x/y', message: 'm', hint: 'h', file: 'f', path: 'p' }] };
    expect(readReply('a.xlsx', encodeReply(failure))).toEqual(failure);
  });

  test('is refused where it breaks its own form', () => {
    const good = encodeReply({ ok: true, value: table });
    const broken = (bytes: Uint8Array): void =>
      expect(readReply('a.xlsx', bytes)).toMatchObject({
        ok: false,
        problems: [{ code: 'decode/broken-reply', file: 'a.xlsx' }],
      });
    for (const length of [0, 3, 7, 8, 60, good.length - 8, good.length - 1]) broken(good.slice(0, length));
    broken(Uint8Array.of(...good, 0, 0, 0, 0, 0, 0, 0, 0));
    const withColumn = (column: unknown): Uint8Array =>
      encodeReply({ ok: true, value: { ...table, columns: [column] } as unknown as DecodedTable });
    broken(withColumn({ name: 'a', type: 'text', codes: Uint32Array.of(0, 1, 2), texts: ['one'] }));
    broken(withColumn({ name: 'a', type: 'boolean', values: Uint8Array.of(0, 1, 3) }));
    broken(withColumn({ name: 7, type: 'number', values: new Float64Array(3) }));
    broken(withColumn({ name: 'a', type: 'constructor', values: new Float64Array(3) }));
    broken(withColumn({ name: 'a', type: 'free-text', holes: 4, first: [] }));
    broken(encodeReply({ ok: true, value: { ...table, rows: 2 ** 40 } }));
    broken(encodeReply({ ok: true, value: { ...table, columns: [] } }));
  });

  test('never throws, whatever the bytes', () => {
    const random = createRandom(3, 'replies');
    const good = encodeReply({ ok: true, value: table });
    for (let index = 0; index < 500; index++) {
      const bytes = good.slice();
      for (let flips = 1 + random.integer(4); flips > 0; flips--)
        bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
      expect(typeof readReply('a.xlsx', bytes).ok).toBe('boolean');
    }
  });
});

describe('a decoded table', () => {
  const { columns, preview } = toTable('a.xlsx', table);
  const [number, day, yes, id, mixed, notes] = columns;

  test('keeps numbers, and those beyond float32 as what they are not', () => {
    expect([0, 1, 2].map((row) => numberAt(number!, row))).toEqual([1.5, NaN, NaN]);
    expect(number!.profile).toMatchObject({ holes: 1, present: 2, notNumbers: 1, examples: ['1e+300'] });
  });

  test('keeps numbers of which there are too many different ones to be texts', () => {
    const values = Float64Array.from({ length: 100_002 }, (_, row) => (row === 5 ? NaN : row / 2));
    const many = toTable('a', { ...table, rows: values.length, columns: [{ name: 'x', type: 'number', values }] })
      .columns[0]!;
    expect(many.codes).toBe(null);
    expect([numberAt(many, 3), numberAt(many, 5)]).toEqual([1.5, NaN]);
    expect(many.profile).toMatchObject({ holes: 1, notNumbers: 0, numeric: { min: 0, max: 50_000.5 } });
  });

  test('shows dates as ISO 8601 and booleans in words', () => {
    expect(day!.texts).toEqual(['', '1970-01-01', '1970-01-02T00:00:00.500Z']);
    expect(yes!.texts).toEqual(['', 'true', 'false']);
    expect(preview[0]).toEqual(['1.5', '1970-01-01', 'true', '007', '1', 'a']);
    expect(preview[1]).toEqual(['', '1970-01-02T00:00:00.500Z', '', '7', 'x', '']);
  });

  test('leaves texts texts: 007 and 7 are two names', () => {
    expect(inferType(id!).value).toBe('category');
    expect(categoriesOf(id!)!.names).toEqual(['007', '7']);
    expect(mixed!.known).toBe(undefined);
    expect(mixed!.profile).toMatchObject({ present: 3, notNumbers: 1 });
    expect(notes!.profile).toMatchObject({ holes: 1, present: 2, examples: ['a', 'ü'] });
  });
});
