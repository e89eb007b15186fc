import { expect, test } from 'vitest';
import type { ScatterPoints } from '../../../src-worker/api';
import { valueInWords } from '../axis-values';
import { describeScatter, nearestPoint, neighbour, scatterScene } from './scatter-scene';

const points: ScatterPoints = {
  xAxis: { column: 'size', kind: 'number', names: [] },
  yAxis: { column: 'town', kind: 'category', names: ['Bonn', 'Oslo'] },
  x: Float64Array.of(1, 3, 2),
  y: Float64Array.of(0, 1, 1),
  place: Uint32Array.of(0, 4, 9),
  target: Float32Array.of(0, 1, 0),
  part: Uint8Array.of(0, 1, 3),
  of: 10,
};

test('categories are spread around their line and stay on their side', () => {
  const scene = scatterScene(points)!;
  expect([...scene.x]).toEqual([1, 3, 2]);
  scene.y.forEach((y, n) => expect(Math.abs(y - points.y[n]!)).toBeLessThan(0.33));
  expect(new Set(scene.y).size).toBe(3);
  expect(scatterScene(points)!.y).toEqual(scene.y);
  expect(scene.yTicks).toEqual([
    { value: 0, text: 'Bonn' },
    { value: 1, text: 'Oslo' },
  ]);
  expect(scene.xTicks).toBeNull();
});

test('values are said as numbers, days and names', () => {
  expect(valueInWords(1234, points.xAxis)).toBe('1,234');
  expect(valueInWords(1, points.yAxis)).toBe('Oslo');
  expect(valueInWords(19_787, { kind: 'date', names: [] })).toBe('2024-03-05');
  expect(describeScatter(points)).toBe('3 of 10 rows: town over size.');
});

test('the nearest point is found within reach only', () => {
  const at = (index: number) =>
    [
      [0, 0],
      [10, 0],
      [10, 4],
    ][index] as [number, number];
  expect(nearestPoint(3, at, 9, 3, 8)).toBe(2);
  expect(nearestPoint(3, at, 50, 50, 8)).toBeNull();
});

test('keys go from point to point along a coordinate', () => {
  expect(neighbour(points.x, null, 1)).toBe(0);
  expect(neighbour(points.x, 0, 1)).toBe(2);
  expect(neighbour(points.x, 1, 1)).toBe(1);
  expect(neighbour(points.x, 2, -1)).toBe(0);
});
