import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, needsOrder, parseDate } from './date';

const read = (text: string, order: 'day-first' | 'month-first' = 'day-first'): string | null => {
  const ms = parseDate(text, order);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

describe('dates', () => {
  test.each([
    ['2024-03-05', '2024-03-05T00:00:00.000Z'],
    ['2024/3/5', '2024-03-05T00:00:00.000Z'],
    ['2024.03.05', '2024-03-05T00:00:00.000Z'],
    ['2024-03', '2024-03-01T00:00:00.000Z'],
    ['2024-03-05T06:07:08Z', '2024-03-05T06:07:08.000Z'],
    ['2024-03-05 06:07', '2024-03-05T06:07:00.000Z'],
    ['2024-03-05T06:07:08.25+02:00', '2024-03-05T04:07:08.250Z'],
    ['2024-03-05 00:30:00-0530', '2024-03-05T06:00:00.000Z'],
    ['5.3.2024', '2024-03-05T00:00:00.000Z'],
    ['05.03.24 18:30', '2024-03-05T18:30:00.000Z'],
    ['5 Mar 2024', '2024-03-05T00:00:00.000Z'],
    ['5-Mar-24', '2024-03-05T00:00:00.000Z'],
    ['Tuesday, 5 March 2024', '2024-03-05T00:00:00.000Z'],
    ['March 5, 2024', '2024-03-05T00:00:00.000Z'],
    ['Sept 5 2024 3:04 pm', '2024-09-05T15:04:00.000Z'],
    ['Mar 5, 2024 12:00 AM', '2024-03-05T00:00:00.000Z'],
    ['31/12/68', '2068-12-31T00:00:00.000Z'],
    ['1/1/69', '1969-01-01T00:00:00.000Z'],
    ['29/2/2024', '2024-02-29T00:00:00.000Z'],
    ['0050-01-01', '0050-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ...['29/2/2023', '2024-02-30', '2024-13-01', '2024-00-10', '31.4.2024', '2024-3-5-7', '3/5', '12:30', '2024'],
    ...['5 Foo 2024', 'Mar 2024', '2024-03-05T25:00', '2024-03-05 06:60', '5.3/2024', '2024-03-05T13:00 pm', 'may be'],
    ...['', ' ', '1.2.3', '1-2-3-4', '192.168.1.1', '555-1234', '3.5', '1e10', `2024-03-05${' '.repeat(40)}`],
  ])('%j is none', (text) => {
    expect(read(text)).toBeNull();
    expect(read(text, 'month-first')).toBeNull();
  });

  test('only figures with a slash or a dash need an order; points begin with the day in any', () => {
    expect([read('3/5/2024'), read('3/5/2024', 'month-first')]).toEqual([
      '2024-05-03T00:00:00.000Z',
      '2024-03-05T00:00:00.000Z',
    ]);
    expect(read('3.5.2024', 'month-first')).toBe(read('3.5.2024'));
    expect(['3/5/2024', '03-05-24', '3/5/2024 10:00'].map(needsOrder)).toEqual([true, true, true]);
    expect(['2024-03-05', '3.5.2024', '5 Mar 2024', 'x'].map(needsOrder)).toEqual([false, false, false, false]);
  });

  test('every day of four thousand years is read back from each way of writing it', () => {
    const days = fc.integer({ min: -719_162, max: 741_000 });
    fc.assert(
      fc.property(days, (day) => {
        const [year, month, date] = new Date(day * DAY_MS).toISOString().slice(0, 10).split('-') as [
          string,
          string,
          string,
        ];
        for (const text of [`${year}-${month}-${date}`, `${Number(date)}.${Number(month)}.${year}`]) {
          expect(parseDate(text, 'day-first')).toBe(day * DAY_MS);
        }
        expect(parseDate(`${date}/${month}/${year}`, 'day-first')).toBe(day * DAY_MS);
        expect(parseDate(`${month}/${date}/${year}`, 'month-first')).toBe(day * DAY_MS);
      }),
    );
  });
});
