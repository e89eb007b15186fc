import { expect, test } from 'vitest';
import type { ColumnSummary, DataSummary } from '../../src-worker/api';
import { orderColumns, partColumns } from './split-columns';

const column = (name: string, type: ColumnSummary['type'], ...values: string[]) => ({
  name,
  type,
  categories: values.map((value) => ({ value, count: 1 })),
});
const summary = {
  target: 'species',
  columns: [
    column('size', 'number'),
    column('island', 'category', 'Biscoe'),
    column('part', 'category', 'Train', 'validation'),
    column('day', 'date'),
    column('species', 'category', 'training'),
  ],
} as unknown as DataSummary;

test('columns whose values name parts come first; the target, numbers and dates cannot say a part', () => {
  expect(partColumns(summary)).toEqual(['part', 'island']);
});

test('dates, then numbers, put rows in order', () => {
  expect(orderColumns(summary)).toEqual(['day', 'size']);
});
