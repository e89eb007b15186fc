import { expect, test } from 'vitest';
import { indexAt, moveBy, placeOf, showsNumbers, tilingOf } from './layer-tiles';

test('units lie in a row as long as there is room, then in several', () => {
  expect(tilingOf([8], 8, 600)).toMatchObject({ tiles: 1, columns: 8, rows: 1, cell: 56, high: 24, width: 448 });
  expect(tilingOf([64], 64, 600)).toMatchObject({ columns: 64, rows: 1, cell: 9, high: 12 });
  expect([showsNumbers(tilingOf([8], 8, 600)), showsNumbers(tilingOf([64], 64, 600))]).toEqual([true, false]);
  expect(tilingOf([300], 300, 600)).toMatchObject({ columns: 85, rows: 4, cell: 7, count: 300 });
});

test('an image has a picture for each channel, and those that do not come along are left out', () => {
  const maps = tilingOf([6, 24, 24], 6 * 24 * 24, 400);
  expect(maps).toMatchObject({ tiles: 6, cell: 3, across: 5, width: 384 });
  expect(tilingOf([100, 50, 50], 10 * 2500, 400)).toMatchObject({ tiles: 10, count: 25_000 });
});

test.each([
  { shape: [300], room: 600 },
  { shape: [6, 24, 20], room: 400 },
  { shape: [3, 2, 2], room: 50 },
])('every number is found again where it lies: $shape', ({ shape, room }) => {
  const tiling = tilingOf(
    shape,
    shape.reduce((a, b) => a * b, 1),
    room,
  );
  const lost = Array.from({ length: tiling.count }, (_, index) => index).filter((index) => {
    const [left, top] = placeOf(tiling, index);
    return indexAt(tiling, left + 0.5, top + 0.5) !== index;
  });
  expect(lost).toEqual([]);
  expect(indexAt(tiling, -1, 0)).toBeNull();
  expect(indexAt(tiling, 0, tiling.height + tiling.gap + 1)).toBeNull();
});

test('keys go from number to number and stop at the ends', () => {
  const tiling = tilingOf([300], 300, 600);
  expect([moveBy(tiling, 0, 'ArrowRight'), moveBy(tiling, 0, 'ArrowLeft'), moveBy(tiling, 0, 'ArrowDown')]).toEqual([
    1, 0, 85,
  ]);
  expect([moveBy(tiling, 5, 'End'), moveBy(tiling, 5, 'Home'), moveBy(tiling, 5, 'x')]).toEqual([299, 0, null]);
});
