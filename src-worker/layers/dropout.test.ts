import { describe, expect, it } from 'vitest';
import { dropout } from './dropout';

const at = (rate: number) =>
  ({
    layer: { kind: 'dropout', rate },
    name: 'Layer 2 (dropout)',
    path: 'network.layers[1]',
    inputShape: [50],
  }) as const;

function layer(rate: number, key = 7) {
  const allocate = (length: number) => new Float64Array(length);
  return dropout.create(at(rate), { parameters: [], gradients: [], key, allocate });
}

const pass = (mode: 'training' | 'evaluation', step = 0) => ({ rows: 20, mode, step }) as const;

describe('dropout', () => {
  it('sets numbers to 0 or divides them by 1 − p, and delta the same ones', () => {
    const x = new Float64Array(1000).fill(3);
    const [z, dx] = [new Float64Array(1000), new Float64Array(1000)];
    const { forward, backward } = layer(0.25);
    forward(x, z, pass('training'));
    expect(new Set(z)).toEqual(new Set([0, 4]));
    backward(x, new Float64Array(1000).fill(-6), dx, pass('training'));
    expect([...dx].map(Math.abs)).toEqual(Array.from(z, (value) => 2 * value));
  });

  it('draws anew for each step and each layer, and the same for the same', () => {
    const masked = (key: number, step: number): string => {
      const z = new Float64Array(1000);
      layer(0.5, key).forward(new Float64Array(1000).fill(1), z, pass('training', step));
      return z.join('');
    };
    expect(masked(7, 3)).toBe(masked(7, 3));
    expect(new Set([masked(7, 3), masked(7, 4), masked(8, 3)]).size).toBe(3);
  });

  it('does nothing in evaluation', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => i);
    const z = new Float64Array(1000);
    layer(0.9).forward(x, z, pass('evaluation'));
    expect(z).toEqual(x);
  });

  it('hides no NaN', () => {
    const z = new Float64Array(1000);
    layer(0.9).forward(new Float64Array(1000).fill(NaN), z, pass('training'));
    expect(z.every(Number.isNaN)).toBe(true);
  });

  it.each([1, 1.5, -0.1, NaN])('refuses a rate of %d', (rate) => {
    expect(dropout.outputShape(at(rate))).toMatchObject({
      ok: false,
      problems: [{ code: 'layer/rate', path: 'network.layers[1].rate' }],
    });
  });
});
