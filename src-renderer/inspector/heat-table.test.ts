import { expect, it } from 'vitest';
import { formatWeight, heatTable } from './heat-table';

const parameters = [
  { name: 'W1', shape: [2, 3], values: Float32Array.of(1, -2, 3, 0, 0.5, -4) },
  { name: 'b1', shape: [2], values: Float32Array.of(0.25, 2) },
];

it('gives each unit a row of its weights and, last, its bias', () => {
  const table = heatTable(parameters, 1);
  expect(table?.rows.map((row) => row.map(({ value }) => value))).toEqual([
    [1, -2, 3, 0.25],
    [0, 0.5, -4, 2],
  ]);
  expect(table?.columns.map(({ text, index }) => `${text}${index ?? ''}`)).toEqual(['w1', 'w2', 'w3', 'b']);
});

it('colours by size against the largest of the layer', () => {
  const table = heatTable(parameters, 1);
  expect(table?.rows[1]?.map(({ share }) => share)).toEqual([0, 0.125, 1, 0.5]);
});

it('colours nothing where every number is zero', () => {
  const zero = [
    { name: 'W1', shape: [1, 1], values: Float32Array.of(0) },
    { name: 'b1', shape: [1], values: Float32Array.of(0) },
  ];
  expect(heatTable(zero, 1)?.rows[0]?.map(({ share }) => share)).toEqual([0, 0]);
});

it('has no table for a layer without weights', () => expect(heatTable(parameters, 2)).toBeNull());

it.each([
  [-3.704, '−3.70'],
  [-0.001, '0.00'],
  [12_345, '1.2e4'],
])('shows the weight %d as %s', (value, text) => expect(formatWeight(value)).toBe(text));
