import { describe, expect, it } from 'vitest';
import type { FloatArray, Shape } from '../tensor';
import { batchNorm } from './batch-norm';

const at = (inputShape: Shape, fields: { decay?: number; epsilon?: number } = {}) =>
  ({
    layer: { kind: 'batch-norm', decay: 0.9, epsilon: 1e-5, ...fields },
    name: 'Layer 2 (batch norm)',
    path: 'network.layers[1]',
    inputShape,
  }) as const;

function layer(
  inputShape: Shape,
  gamma: number[],
  beta: number[],
  FloatArray: new (n: number) => FloatArray = Float64Array,
) {
  const own = (values: number[]): FloatArray => {
    const array = new FloatArray(values.length);
    array.set(values);
    return array;
  };
  const parameters = [own(gamma), own(beta), own(gamma.map(() => 0)), own(gamma.map(() => 1))];
  const gradients = parameters.map((array) => new FloatArray(array.length));
  const made = batchNorm.create(at(inputShape), { parameters, gradients, key: 1, allocate: (n) => new FloatArray(n) });
  return { ...made, parameters, gradients };
}

const training = (rows: number) => ({ rows, mode: 'training', step: 0 }) as const;

describe('batch norm', () => {
  it('two features of two examples by hand: x̂ = ±1, z = γ x̂ + β, and no gradient goes back', () => {
    const { forward, backward, gradients } = layer([2], [2, 3], [10, 20]);
    const x = Float64Array.of(0, 100, 4, 300);
    const [z, dx] = [new Float64Array(4), new Float64Array(4)];
    forward(x, z, training(2));
    // μ = 2 and 200, σ = 2 and 100
    [8, 17, 12, 23].forEach((value, i) => expect(z[i]).toBeCloseTo(value, 4));
    backward(x, Float64Array.of(1, 5, 3, -1), dx, training(2));
    expect([...gradients[0]!].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([1, -3]);
    expect([...gradients[1]!]).toEqual([2, 2]);
    // Two numbers are ±1 wherever they lie: moving one changes nothing.
    for (const value of dx) expect(Math.abs(value)).toBeLessThan(1e-5);
  });

  it('a channel has one mean and variance over all of its pixels', () => {
    const { forward } = layer([2, 1, 3], [1, 1], [0, 0]);
    const x = Float64Array.of(1, 2, 3, 50, 50, 50, 4, 5, 6, 50, 50, 50);
    const z = new Float64Array(12);
    forward(x, z, training(2));
    const deviation = Math.sqrt(17.5 / 6 + 1e-5);
    [1, 2, 3].forEach((value, i) => expect(z[i]).toBeCloseTo((value - 3.5) / deviation, 12));
    [4, 5, 6].forEach((value, i) => expect(z[6 + i]).toBeCloseTo((value - 3.5) / deviation, 12));
    expect([z[3], z[9]]).toEqual([0, 0]);
  });

  it('moves its running statistics by 1 − decay, the variance divided by n, and only with the update', () => {
    const { forward, updateStatistics, parameters } = layer([1], [1], [0]);
    forward(Float64Array.of(1, 3, 8), new Float64Array(3), training(3));
    expect([parameters[2]![0], parameters[3]![0]]).toEqual([0, 1]);
    updateStatistics!(training(3));
    expect(parameters[2]![0]).toBeCloseTo(0.4, 15);
    expect(parameters[3]![0]).toBeCloseTo(0.9 + 0.1 * (26 / 3), 15);
  });

  it('takes the running ones in evaluation', () => {
    const { forward, parameters } = layer([1], [2], [1]);
    parameters[2]![0] = 5;
    parameters[3]![0] = 4;
    const z = new Float64Array(1);
    forward(Float64Array.of(9), z, { rows: 1, mode: 'evaluation', step: 0 });
    expect(z[0]).toBeCloseTo(2 * (4 / 2) + 1, 4);
  });

  it('gives β for a batch of one example, and learns no spread from it', () => {
    const { forward, backward, updateStatistics, parameters } = layer([2], [2, 3], [10, 20]);
    const [z, dx] = [new Float64Array(2), new Float64Array(2)];
    forward(Float64Array.of(7, 8), z, training(1));
    expect([...z]).toEqual([10, 20]);
    backward(Float64Array.of(7, 8), Float64Array.of(1, 1), dx, training(1));
    expect([...dx]).toEqual([0, 0]);
    updateStatistics!(training(1));
    expect([...parameters[2]!, ...parameters[3]!]).toEqual([0, 0, 1, 1]);
  });

  it('keeps its digits far from 0', () => {
    const { forward } = layer([1], [1], [0]);
    const z = new Float64Array(4);
    forward(Float64Array.of(1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3), z, training(4));
    expect(z[3]).toBeCloseTo(1.5 / Math.sqrt(1.25 + 1e-5), 12);
  });

  it('shows a spread past the largest number as NaN, not as 0', () => {
    const { forward } = layer([1], [1], [0], Float32Array);
    const z = new Float32Array(2);
    forward(Float32Array.of(3e38, -3e38), z, training(2));
    expect([...z]).toEqual([NaN, NaN]);
  });

  it.each([
    ['decay', 1],
    ['decay', NaN],
    ['epsilon', 0],
  ] as const)('refuses %s = %d', (field, value) => {
    expect(batchNorm.outputShape(at([3], { [field]: value }))).toMatchObject({
      ok: false,
      problems: [{ code: `layer/${field}`, path: `network.layers[1].${field}` }],
    });
  });
});
