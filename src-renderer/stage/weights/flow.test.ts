import { expect, test } from 'vitest';
import { spreadOf } from '../../../src-worker/insight/views/spread';
import type { BackwardLook } from '../../../src-worker/api';
import { flowLines, flowOf, logPath } from './flow';
import { columnAt, seriesOf } from './series';

function look(epoch: number, gradients: readonly number[], update: number | null = 0.002): BackwardLook {
  return {
    ...{ step: epoch * 10, epoch, costMs: 1, batch: 4, examples: 4 },
    parameters: gradients.map((gradient, place) => ({
      ...{ name: place % 2 === 0 ? `W${place / 2 + 1}` : `b${(place + 1) / 2}`, layer: 1, norm: 2 },
      gradient: spreadOf(Float64Array.of(gradient)),
      update: update === null ? null : spreadOf(Float64Array.of(update)),
    })),
  };
}

test('norms, ratios and bars by powers of ten', () => {
  const [first, second, third] = flowOf(look(0, [1, 0.001, 0]));
  expect(first).toMatchObject({ name: 'W1', norm: 2, gradient: 1, update: 0.002, ratio: 0.001, bar: 1 });
  expect(second!.bar).toBeCloseTo(0.04, 10);
  expect(third!.bar).toBe(0);
  expect(flowOf(look(0, [1], null))[0]).toMatchObject({ update: null, ratio: null });
});

test('lines of the weights over epochs, on a scale of powers of ten', () => {
  const lines = flowLines([look(0, [1, 5, 0.01]), look(10, [0.01, 5, 1])], 'gradient')!;
  expect(lines.lines.map(({ name }) => name)).toEqual(['W1', 'W2']);
  expect([lines.x, lines.y]).toEqual([
    { min: 0, max: 10 },
    { min: 0.01, max: 1 },
  ]);
  expect(lines.lines[0]).toMatchObject({ path: 'M0.0000 0.0000L1.0000 1.0000', first: 1, last: 0.01 });
});

test('one look, or nothing above 0, is no line', () => {
  expect(flowLines([look(0, [1])], 'gradient')).toBeNull();
  expect(flowLines([look(0, [0]), look(1, [0])], 'gradient')).toBeNull();
  expect(flowLines([look(0, [1], null), look(1, [1], null)], 'ratio')).toBeNull();
});

test('a number that is no logarithm leaves a gap', () => {
  const points = [1, 0, 1, 1].map((y, x) => ({ x, y }));
  expect(logPath(points, { min: 0, max: 3 }, { min: 0.1, max: 1 })).toBe('M0.0000 0.0000M0.6667 0.0000L1.0000 0.0000');
});

test('histograms by quantity, each look in its place', () => {
  const looks = [look(0, [1, 2]), look(4, [3, 4])];
  const rows = seriesOf('gradients', [], looks);
  expect(rows.map(({ symbol }) => symbol)).toEqual(['dW[1]', 'db[1]']);
  expect(rows[1]!.columns.map(({ x, spread }) => [x, spread.mean])).toEqual([
    [0, 2],
    [4, 4],
  ]);
  expect(columnAt(rows[0]!.columns, 3.9)?.x).toBe(0);
  expect(columnAt(rows[0]!.columns, -1)?.x).toBe(0);
  expect(seriesOf('weights', [], looks)).toEqual([]);
});
