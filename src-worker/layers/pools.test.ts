import { describe, expect, test } from 'vitest';
import type { FloatArray, Shape } from '../tensor';
import { avgPool2d } from './avg-pool2d';
import { flatten } from './flatten';
import { maxPool2d } from './max-pool2d';
import type { ReferenceLayer } from './layer';

const pass = (rows: number) => ({ rows, mode: 'training', step: 0 }) as const;
const resources = {
  parameters: [],
  gradients: [],
  key: 1,
  allocate: (length: number): FloatArray => new Float64Array(length),
};

type Size = number | readonly [number, number];

function pool(inputShape: Shape, size: Size, stride: Size = size) {
  const rest = { name: 'Layer 1', path: 'network.layers[0]', inputShape };
  return {
    max: { layer: { kind: 'max-pool2d', size, stride }, ...rest },
    avg: { layer: { kind: 'avg-pool2d', size, stride }, ...rest },
  } as const;
}

function run(layer: ReferenceLayer, x: number[], outputs: number, delta: number[], rows = 1) {
  const z = new Float64Array(outputs * rows);
  layer.forward(Float64Array.from(x), z, pass(rows));
  const dx = new Float64Array(x.length).fill(9);
  layer.backward(Float64Array.from(x), Float64Array.from(delta), dx, pass(rows));
  return { z: [...z], dx: [...dx] };
}

describe('max-pool2d', () => {
  test('keeps the largest of each window of each channel and example; what no window covers gets no gradient', () => {
    const layer = maxPool2d.create(pool([1, 2, 3], 2).max, resources);
    expect(run(layer, [1, 5, 9, 3, 2, 9, -4, -3, 0, -2, -1, 0], 1, [7, 8], 2)).toEqual({
      z: [5, -1],
      dx: [0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
    });
  });

  test('sums the gradients of a winner in several windows', () => {
    const layer = maxPool2d.create(pool([1, 1, 3], [1, 2], 1).max, resources);
    expect(run(layer, [1, 4, 2], 2, [10, 20])).toEqual({ z: [4, 4], dx: [0, 30, 0] });
  });

  test('lets the first of equals win, and NaN over all', () => {
    const layer = maxPool2d.create(pool([1, 2, 2], 2).max, resources);
    expect(run(layer, [0, 0, 0, 0], 1, [1])).toEqual({ z: [0], dx: [1, 0, 0, 0] });
    expect(run(layer, [1, NaN, Infinity, NaN], 1, [1])).toEqual({ z: [NaN], dx: [0, 1, 0, 0] });
    expect(run(layer, [-Infinity, -Infinity, -Infinity, -1], 1, [1])).toEqual({ z: [-1], dx: [0, 0, 0, 1] });
  });
});

describe('avg-pool2d', () => {
  test('keeps the mean and gives every pixel its share', () => {
    const layer = avgPool2d.create(pool([1, 2, 3], 2).avg, resources);
    expect(run(layer, [1, 5, 9, 3, 2, 9], 1, [8])).toEqual({ z: [2.75], dx: [2, 2, 0, 2, 2, 0] });
  });

  test('sums the shares where windows overlap', () => {
    const layer = avgPool2d.create(pool([1, 1, 3], [1, 2], 1).avg, resources);
    expect(run(layer, [1, 3, 5], 2, [2, 4])).toEqual({ z: [2, 4], dx: [1, 3, 2] });
  });
});

describe.each([
  { kind: 'max-pool2d', output: (...sizes: Parameters<typeof pool>) => maxPool2d.outputShape(pool(...sizes).max) },
  { kind: 'avg-pool2d', output: (...sizes: Parameters<typeof pool>) => avgPool2d.outputShape(pool(...sizes).avg) },
])('$kind', ({ output }) => {
  test('has ⌊(n − f) / S⌋ + 1 numbers in each direction', () => {
    expect(output([8, 24, 24], 2)).toEqual({ ok: true, value: [8, 12, 12] });
    expect(output([3, 7, 9], 3, 2)).toEqual({ ok: true, value: [3, 3, 4] });
  });

  test('refuses a window larger than its image, and a row of numbers', () => {
    expect(output([1, 3, 3], 4)).toMatchObject({
      problems: [
        {
          message: 'Layer 1 has a window of 4 × 4, larger than its 3 × 3 input.',
          hint: 'Make its window at most 3 × 3.',
          path: 'network.layers[0].size',
        },
      ],
    });
    expect(JSON.stringify(output([9], 2))).toMatch(
      /expects an image of channels × height × width, but gets 9 numbers in a row/,
    );
  });
});

describe('flatten', () => {
  test('keeps the numbers and their order, both ways', () => {
    const place = { layer: { kind: 'flatten' }, name: '', path: '', inputShape: [2, 1, 2] } as const;
    expect(flatten.outputShape(place)).toEqual({ ok: true, value: [4] });
    const layer = flatten.create(place, resources);
    expect(run(layer, [1, 2, 3, 4], 4, [5, 6, 7, 8])).toEqual({ z: [1, 2, 3, 4], dx: [5, 6, 7, 8] });
  });
});
