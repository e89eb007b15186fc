import { expect, test } from 'vitest';
import { dueAt } from './autosave-pace';

test('a change is kept three seconds after it was made', () => {
  expect(dueAt(1_000, -Infinity, 0)).toBe(4_000);
});

test('keeping that takes long comes less often: at 2 % of the time', () => {
  expect(dueAt(10_000, 10_000, 80)).toBe(10_000 + 80 * 49);
});

test('however long it takes, no change waits more than five seconds', () => {
  expect(dueAt(10_000, 10_000, 4_000)).toBe(15_000);
});
