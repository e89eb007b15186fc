import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../src-worker/catalog';
import type { LayerSpec } from '../../../src-worker/experiment/document';
import { conv, dense } from '../../../src-worker/experiment/layer-specs';
import { inspectNetwork } from '../../../src-worker/shape';
import { blocksOf, drawingsOf } from './blocks';
import { columnsOf, connection, largestWeight, lineWidth, placeUnits } from './layout';
import { biasSymbol, describeNetwork, describeUnit, plainSymbol, weightSymbol } from './words';

const catalog = createCatalog();
const off = (layer: LayerSpec): LayerSpec => ({ ...layer, enabled: false });

function columns(inputShape: readonly number[], ...layers: LayerSpec[]) {
  return columnsOf(layers, inspectNetwork({ layers, loss: 'squared', seed: 1 }, inputShape), catalog);
}

describe('which networks are drawn unit by unit', () => {
  it('dense ones, with the layers between named and those switched off left out', () => {
    const found = columns(
      [2],
      dense(4, 'tanh'),
      { kind: 'dropout', rate: 0.2 },
      off(dense(9, 'relu')),
      dense(1, 'sigmoid'),
    );
    expect(found).toEqual([
      { number: 0, units: 2, activation: '', between: [] },
      { number: 1, units: 4, activation: 'tanh', between: [] },
      { number: 4, units: 1, activation: 'sigmoid', between: ['dropout 0.2'] },
    ]);
  });

  it('not those that are too wide or deep, have images, or end in something else', () => {
    expect(columns([2], dense(17, 'tanh'), dense(1, 'sigmoid'))).toBeNull();
    expect(columns([17], dense(1, 'sigmoid'))).toBeNull();
    expect(columns([2], ...Array.from({ length: 8 }, () => dense(2, 'tanh')))).toBeNull();
    expect(columns([1, 3, 3], conv(2, 3), dense(1, 'sigmoid'))).toBeNull();
    expect(columns([1, 3, 3], dense(1, 'sigmoid'))).toHaveLength(2);
    expect(columns([2], dense(2, 'tanh'), { kind: 'flatten' })).toBeNull();
    expect(columns([2], { kind: 'max-pool2d', size: 2, stride: 2 }, dense(1, 'sigmoid'))).toBeNull();
    expect(columns([2])).toBeNull();
  });
});

it('places columns from left to right, apart and within the picture, whatever the room', () => {
  const found = columns([2], dense(16, 'tanh'), dense(3, 'softmax'))!;
  for (const room of [300, 700, 3000]) {
    const { width, height, radius, units } = placeUnits(found, room);
    expect(units.map((column) => column.length)).toEqual([2, 16, 3]);
    expect(units[0]![0]!.x).toBeLessThan(units[1]![0]!.x);
    expect(units[1]![1]!.y - units[1]![0]!.y).toBeGreaterThan(2 * radius);
    for (const { x, y } of units.flat()) {
      expect(x).toBeGreaterThan(radius);
      expect(x).toBeLessThan(width - radius);
      expect(y).toBeGreaterThan(radius);
      expect(y).toBeLessThan(height - radius);
    }
  }
});

it('draws the largest weight widest, and 0 so that it can be seen', () => {
  const weights = new Map(
    [
      { name: 'W1', shape: [1, 2], values: Float32Array.of(0.5, -2) },
      { name: 'b1', shape: [1], values: Float32Array.of(9) },
    ].map((tensor) => [tensor.name, tensor]),
  );
  expect(largestWeight(weights)).toBe(2);
  expect(largestWeight(null)).toBe(0);
  expect(lineWidth(-2, 2)).toBe(5.5);
  expect(lineWidth(0.5, 2)).toBeCloseTo(0.4 + 5.1 / 4);
  expect(lineWidth(0, 0)).toBe(0.4);
  expect(connection({ x: 0, y: 0 }, { x: 100, y: 40 }, 10)).toBe('M10 0C46 0 54 40 90 40');
});

it('names numbers as the notes do, and says what a unit has', () => {
  const [, hidden] = columns([2], dense(4, 'tanh'), dense(1, 'sigmoid'))!;
  expect(plainSymbol(weightSymbol(2, 0, 2))).toBe('W[2] 1,3');
  expect(plainSymbol(biasSymbol(1, 3))).toBe('b[1] 4');
  expect(describeUnit(hidden!, 1, { bias: 0.5, weights: [1, -2] }, ['x1', 'x2'])).toBe(
    'Unit 2 of layer 1, tanh, bias 0.500, weights 1.00 from x1, −2.00 from x2',
  );
  expect(describeNetwork(columns([2], dense(4, 'tanh'), dense(1, 'sigmoid'))!, 17)).toBe(
    '2 inputs, 4 units with tanh, 1 unit with sigmoid; 17 parameters.',
  );
});

describe('blocks', () => {
  const pool: LayerSpec = { kind: 'avg-pool2d', size: 2, stride: 2 };
  const layers = [conv(6, 5, 'tanh'), pool, off(pool), dense(10, 'softmax')];

  it('name kind, size, shape and parameters of every layer that is on', () => {
    const inspection = inspectNetwork({ layers, loss: 'cross-entropy', seed: 1 }, [1, 28, 28]);
    expect(blocksOf(layers, inspection, catalog)).toMatchObject([
      { index: null, name: 'Input', shape: [1, 28, 28] },
      { index: 0, name: 'Conv2d 6', detail: '5 × 5 · tanh', shape: [6, 28, 28], parameters: 156 },
      { index: 1, name: 'Avg-pool2d 2', detail: 'stride 2', shape: [6, 14, 14], parameters: 0 },
      { index: 3, name: 'Dense 10', detail: 'softmax', shape: [10], parameters: 11_770, wrong: false },
    ]);
  });

  it('shrink with the image, and count their sheets as far as can be seen', () => {
    const [large, small, row, unknown] = drawingsOf([[6, 28, 28], [16, 14, 14], [10], null]);
    expect(large!.width).toBeGreaterThan(small!.width);
    expect([large!.sheets, small!.sheets, row!.sheets]).toEqual([6, 8, 1]);
    expect(unknown).toBeNull();
  });
});
