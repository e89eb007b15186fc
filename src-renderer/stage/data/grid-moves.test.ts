import { expect, test } from 'vitest';
import { movedBy } from './grid-moves';

const press = (key: string, far = false) => ({ key, ctrlKey: far, metaKey: false, altKey: false });
const extent = { rows: 1000, columns: 6, page: 20 };

test.each([
  ['ArrowDown', false, { row: 11, column: 3 }],
  ['ArrowUp', false, { row: 9, column: 3 }],
  ['ArrowLeft', false, { row: 10, column: 2 }],
  ['PageDown', false, { row: 30, column: 3 }],
  ['PageUp', false, { row: 0, column: 3 }],
  ['Home', false, { row: 10, column: 0 }],
  ['End', false, { row: 10, column: 5 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 999, column: 5 }],
  ['ArrowDown', true, { row: 999, column: 3 }],
] as const)('%s (with Ctrl: %s) leads to its cell', (key, far, expected) => {
  expect(movedBy(press(key, far), { row: 10, column: 3 }, extent)).toEqual(expected);
});

test('no key leads out of the grid, and the header lies above the first row', () => {
  expect(movedBy(press('ArrowUp'), { row: 0, column: 0 }, extent)).toEqual({ row: -1, column: 0 });
  expect(movedBy(press('ArrowUp'), { row: -1, column: 0 }, extent)).toEqual({ row: -1, column: 0 });
  expect(movedBy(press('PageDown'), { row: 995, column: 0 }, extent)).toEqual({ row: 999, column: 0 });
  expect(movedBy(press('a'), { row: 0, column: 0 }, extent)).toBeNull();
});
