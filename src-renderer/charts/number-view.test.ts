import { describe, expect, test } from 'vitest';
import { cellAt, heightOf, panned, revealing, wholeGrid, zoomed } from './number-view';

const room = { width: 800, height: 400 };

describe('the whole grid', () => {
  test('a small one has cells that numbers fit into, a large one fills the picture', () => {
    expect(wholeGrid({ rows: 6, columns: 2 }, room, 'free')).toEqual({
      left: 0,
      top: 0,
      cellWidth: 56,
      cellHeight: 24,
    });
    expect(wholeGrid({ rows: 1000, columns: 1600 }, room, 'free')).toMatchObject({ cellWidth: 0.5, cellHeight: 0.4 });
  });

  test('cells of an image keep their shape, those under a heading their width', () => {
    expect(wholeGrid({ rows: 28, columns: 28 }, room, 'square')).toMatchObject({
      cellWidth: 400 / 28,
      cellHeight: 400 / 28,
    });
    expect(wholeGrid({ rows: 4, columns: 10 }, room, 'wide')).toMatchObject({ cellWidth: 80, cellHeight: 24 });
  });

  test('the picture is no higher than its grid', () => {
    expect(heightOf({ rows: 6, columns: 2 }, 800, 420, 'free')).toBe(144);
    expect(heightOf({ rows: 1000, columns: 2 }, 800, 420, 'free')).toBe(420);
    expect(heightOf({ rows: 10, columns: 20 }, 100, 420, 'square')).toBe(50);
  });
});

describe('nearer', () => {
  const size = { rows: 1000, columns: 1600 };
  const whole = wholeGrid(size, room, 'free');

  test('what lies under the pointer stays there', () => {
    const at = { x: 300, y: 250 };
    const view = zoomed(whole, 4, at, size, room, 'free');
    expect(view.cellWidth).toBe(2);
    expect(cellAt(view, at.x, at.y, size)).toEqual(cellAt(whole, at.x, at.y, size));
  });

  test('never farther than the whole, never nearer than a readable number', () => {
    expect(zoomed(whole, 0.1, { x: 0, y: 0 }, size, room, 'free')).toMatchObject({ left: 0, top: 0, cellWidth: 0.5 });
    expect(zoomed(whole, 1e6, { x: 0, y: 0 }, size, room, 'free')).toMatchObject({ cellWidth: 84, cellHeight: 40 });
  });

  test('no margin opens where the grid could fill it', () => {
    const near = zoomed(whole, 4, { x: 0, y: 0 }, size, room, 'free');
    expect(panned(near, 100, 100, size, room)).toMatchObject({ left: 0, top: 0 });
    expect(panned(near, -1e6, -1e6, size, room)).toMatchObject({ left: 800 - 1600 * 2, top: 400 - 1000 * 1.6 });
  });

  test('a cell outside is brought in, one inside moves nothing', () => {
    const near = zoomed(whole, 40, { x: 0, y: 0 }, size, room, 'free');
    expect(revealing(near, { row: 1, column: 1 }, size, room)).toEqual(near);
    const there = revealing(near, { row: 900, column: 1500 }, size, room);
    expect(cellAt(there, 799.9, 399.9, size)).toEqual({ row: 900, column: 1500 });
  });
});

test('beside the grid there is no cell', () => {
  const view = wholeGrid({ rows: 2, columns: 3 }, room, 'free');
  expect(cellAt(view, 60, 30, { rows: 2, columns: 3 })).toEqual({ row: 1, column: 1 });
  expect(cellAt(view, 200, 10, { rows: 2, columns: 3 })).toBeNull();
  expect(cellAt(view, -1, 10, { rows: 2, columns: 3 })).toBeNull();
});
