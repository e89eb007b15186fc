import { expect, test } from 'vitest';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { withRole, withSetting, withType } from './column-edit';

const data = { ...defaultDataSpec({ files: ['a.csv'], testFiles: [] }), columns: { a: { role: 'feature' } } } as const;

test('a setting of one column stands beside the others, and goes without a trace', () => {
  const set = withSetting(data, 'a', 'missing', 'median');
  expect(set.columns).toEqual({ a: { role: 'feature', missing: 'median' } });
  expect(withSetting(set, 'a', 'missing', undefined)).toEqual(data);
  const other = withSetting(data, 'b', 'rare', 3);
  expect(other.columns).toEqual({ a: { role: 'feature' }, b: { rare: 3 } });
  expect(withSetting(other, 'b', 'rare', undefined).columns).toEqual(data.columns);
});

test('a column called __proto__ has settings like any other', () => {
  const set = withSetting(data, '__proto__', 'scaling', 'none');
  expect(Object.hasOwn(set.columns, '__proto__')).toBe(true);
  expect(Object.getPrototypeOf(set.columns)).toBe(Object.prototype);
});

test('type and role keep what else was decided; the old target becomes a feature', () => {
  const set = withSetting(data, 'a', 'dateOrder', 'day-first');
  expect(withType(set, 'a', 'date').columns['a']).toEqual({ role: 'feature', dateOrder: 'day-first', type: 'date' });
  expect(withRole(set, 'b', 'target', 'a').columns).toMatchObject({ a: { role: 'feature' }, b: { role: 'target' } });
});
