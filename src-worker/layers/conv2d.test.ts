import { describe, expect, test } from 'vitest';
import type { Conv2dSpec } from '../experiment/document';
import type { FloatArray, Shape } from '../tensor';
import { conv2d } from './conv2d';

const place = (inputShape: Shape, changes: Partial<Conv2dSpec> = {}) => ({
  layer: {
    kind: 'conv2d' as const,
    filters: 1,
    kernel: 2,
    stride: 1,
    padding: 'valid' as const,
    activation: 'identity' as const,
    initializer: { kind: 'he-normal' as const },
    ...changes,
  },
  name: 'Layer 2 (conv2d)',
  path: 'network.layers[1]',
  inputShape,
});

const shapeOf = (inputShape: Shape, changes: Partial<Conv2dSpec>) => {
  const outcome = conv2d.outputShape(place(inputShape, changes));
  return outcome.ok ? outcome.value : outcome.problems[0]!;
};

describe('conv2d', () => {
  test('a filter of 2 × 2 on an image of 3 × 3, forward and backward by hand', () => {
    const gradients: FloatArray[] = [new Float64Array(4), new Float64Array(1)];
    const layer = conv2d.create(place([1, 3, 3]), {
      parameters: [Float64Array.of(1, 2, 3, 4), Float64Array.of(10)],
      gradients,
      key: 1,
      allocate: (length) => new Float64Array(length),
    });
    const pass = { rows: 1, mode: 'training', step: 0 } as const;
    const x = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const z = new Float64Array(4);
    layer.forward(x, z, pass);
    // Top left: 1·1 + 2·2 + 3·4 + 4·5 + 10; the filter is not flipped.
    expect([...z]).toEqual([47, 57, 77, 87]);
    const dx = new Float64Array(9);
    layer.backward(x, Float64Array.of(1, 0, 0, -1), dx, pass);
    expect([...gradients[0]!]).toEqual([1 - 5, 2 - 6, 4 - 8, 5 - 9]);
    expect([...gradients[1]!]).toEqual([0]);
    expect([...dx]).toEqual([1, 2, 0, 3, 4 - 1, -2, 0, -3, -4]);
  });

  test('sums over the channels and takes the mean over the examples', () => {
    const gradients: FloatArray[] = [new Float64Array(2), new Float64Array(1)];
    const layer = conv2d.create(place([2, 1, 2], { kernel: 1 }), {
      parameters: [Float64Array.of(2, -1), Float64Array.of(0)],
      gradients,
      key: 1,
      allocate: (length) => new Float64Array(length),
    });
    const pass = { rows: 2, mode: 'training', step: 0 } as const;
    const x = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const z = new Float64Array(4);
    layer.forward(x, z, pass);
    expect([...z]).toEqual([-1, 0, 3, 4]);
    layer.backward(x, Float64Array.of(1, 1, 0, 2), null, pass);
    expect([...gradients[0]!]).toEqual([(1 + 2 + 12) / 2, (3 + 4 + 16) / 2]);
    expect([...gradients[1]!]).toEqual([2]);
  });

  test('counts its parameters as filters × channels × height × width + filters', () => {
    const wide = place([3, 9, 9], { filters: 8, kernel: [5, 3] });
    expect(conv2d.parameterFormula(wide)).toBe('8 × 3 × 5 × 3 + 8');
    expect(conv2d.parameters(wide)).toMatchObject([
      { name: 'W', shape: [8, 3, 5, 3], fanIn: 45, fanOut: 120, regularised: true },
      { name: 'b', shape: [8], initializer: { kind: 'zeros' }, regularised: false },
    ]);
  });

  test.each<[string, Shape, Partial<Conv2dSpec>, Shape]>([
    ['n − f + 1', [1, 28, 28], { filters: 8, kernel: 5 }, [8, 24, 24]],
    ['a stride, what is left over cut off', [1, 10, 9], { kernel: 3, stride: 2 }, [1, 4, 4]],
    ['⌈n / S⌉ with same padding', [1, 7, 8], { kernel: 3, stride: 2, padding: 'same' }, [1, 4, 4]],
    ['same padding of an even kernel', [1, 5, 5], { kernel: 4, padding: 'same' }, [1, 5, 5]],
    ['a number of zeros', [2, 5, 5], { kernel: 3, padding: 2 }, [1, 7, 7]],
    ['height and width of their own', [1, 6, 8], { kernel: [1, 3], stride: [2, 1] }, [1, 3, 6]],
  ])('has the output of %s', (_what, inputShape, changes, expected) => {
    expect(shapeOf(inputShape, changes)).toEqual(expected);
  });

  test('puts the odd zero of same padding below and to the right', () => {
    const layer = conv2d.create(place([1, 1, 2], { kernel: [1, 2], padding: 'same' }), {
      parameters: [Float64Array.of(1, 10), Float64Array.of(0)],
      gradients: [new Float64Array(2), new Float64Array(1)],
      key: 1,
      allocate: (length) => new Float64Array(length),
    });
    const z = new Float64Array(2);
    layer.forward(Float64Array.of(3, 4), z, { rows: 1, mode: 'evaluation', step: 0 });
    expect([...z]).toEqual([43, 4]);
  });

  test.each<[string, Shape, Partial<Conv2dSpec>, string, RegExp]>([
    [
      'a row of numbers',
      [6],
      {},
      'Layer 2 (conv2d) expects an image of channels × height × width, but gets 6 numbers in a row.',
      /before any dense or flatten/,
    ],
    [
      'a kernel larger than its image',
      [1, 3, 3],
      { kernel: 5 },
      'Layer 2 (conv2d) has a kernel of 5 × 5, larger than its 3 × 3 input.',
      /at most 3 × 3, or its padding Same/,
    ],
    [
      'the same for all its padding',
      [1, 2, 9],
      { kernel: 7, padding: 2 },
      'Layer 2 (conv2d) has a kernel of 7 × 7, larger than its 2 × 9 input with its padding of 2.',
      /at most 6 × 13/,
    ],
    [
      'stride 0',
      [1, 3, 3],
      { stride: 0 },
      'Layer 2 (conv2d) expects a stride of 1 to 1024, but has 0.',
      /whole number/,
    ],
    [
      'a stride of which one is none',
      [1, 3, 3],
      { stride: [1, NaN] },
      'Layer 2 (conv2d) expects a stride of 1 to 1024, but has 1 × NaN.',
      /whole number/,
    ],
    [
      'half a kernel',
      [1, 3, 3],
      { kernel: 1.5 },
      'Layer 2 (conv2d) expects a kernel of 1 to 1024, but has 1.5.',
      /whole number/,
    ],
    ['no filters', [1, 3, 3], { filters: 0 }, 'Layer 2 (conv2d) expects 1 to 4096 filters, but has 0.', /whole number/],
    [
      'padding below 0',
      [1, 3, 3],
      { padding: -1 },
      'Layer 2 (conv2d) expects a padding of 0 to 1024, but has -1.',
      /Same or Valid/,
    ],
  ])('refuses %s', (_what, inputShape, changes, message, hint) => {
    expect(shapeOf(inputShape, changes)).toMatchObject({ message, hint: expect.stringMatching(hint) as string });
  });
});
