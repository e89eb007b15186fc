import { expect, test } from 'vitest';
import { contourLine } from './contours';

test('a slope has one straight line, where the values between two columns reach the level', () => {
  const grid = { columns: 3, rows: 2, stride: 1, values: [0, 1, 2, 0, 1, 2] };
  expect(contourLine(grid, 0.25)).toEqual([0.25, 0, 0.25, 1]);
  expect(contourLine(grid, 5)).toEqual([]);
});

test('a saddle is cut so that the corners on the side of its mean are joined', () => {
  const ends = (values: number[]) => {
    const lines = contourLine({ columns: 2, rows: 2, stride: 1, values }, 0);
    return [lines.slice(0, 4), lines.slice(4)];
  };
  // Lower left and upper right are high; the mean is high too, so that the two low corners stand alone.
  expect(ends([3, -1, -1, 3])).toEqual([
    [0.75, 0, 1, 0.25],
    [0.25, 1, 0, 0.75],
  ]);
  // The mean is low: the two high corners stand alone.
  expect(ends([1, -3, -3, 1])).toEqual([
    [1, 0.75, 0.75, 1],
    [0, 0.25, 0.25, 0],
  ]);
});

test('every cone around a point has a closed line: each end is the end of two segments', () => {
  const columns = 21;
  const values = Array.from({ length: columns ** 2 }, (_, cell) =>
    Math.hypot((cell % columns) - 10, Math.floor(cell / columns) - 10),
  );
  const lines = contourLine({ columns, rows: columns, stride: 1, values }, 6.5);
  const ends = new Map<string, number>();
  for (let at = 0; at < lines.length; at += 2) {
    const key = `${lines[at]!.toFixed(9)} ${lines[at + 1]!.toFixed(9)}`;
    ends.set(key, (ends.get(key) ?? 0) + 1);
    expect(Math.abs(Math.hypot(lines[at]! - 10, lines[at + 1]! - 10) - 6.5)).toBeLessThan(0.05);
  }
  expect(lines.length).toBeGreaterThan(80);
  expect([...ends.values()].every((count) => count === 2)).toBe(true);
});

test('one of several numbers at each point is followed', () => {
  expect(contourLine({ columns: 2, rows: 2, stride: 2, values: [0, 9, 2, 9, 0, 9, 2, 9] }, 1)).toEqual([
    0.5, 0, 0.5, 1,
  ]);
});
