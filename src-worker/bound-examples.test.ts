import { describe, expect, test } from 'vitest';
import { bindRows } from './bound-examples';

describe('bindRows', () => {
  const examples = { count: 3, x: Float64Array.of(1, 2, 3, 4, 5, 6), y: Float64Array.of(10, 20, 30) };

  test('reads the examples that are named, in that order', () => {
    const [x, y] = [new Float32Array(4), new Float32Array(2)];
    bindRows(examples, [2], 1).read(Uint32Array.of(2, 0), x, y, null);
    expect([...x, ...y]).toEqual([5, 6, 1, 2, 30, 10]);
  });

  test('keeps its own copy', () => {
    const given = { count: 1, x: Float64Array.of(7), y: Float64Array.of(8) };
    const bound = bindRows(given, [1], 1);
    given.x[0] = 0;
    given.y[0] = 0;
    const [x, y] = [new Float64Array(1), new Float64Array(1)];
    bound.read(Uint32Array.of(0), x, y, null);
    expect([...x, ...y]).toEqual([7, 8]);
  });

  test('widens bytes channel by channel', () => {
    const x = {
      bytes: Uint8Array.of(0, 255, 10, 20),
      offset: Float64Array.of(255, 10),
      scale: Float64Array.of(1, 0.5),
    };
    const out = new Float64Array(4);
    bindRows({ count: 1, x, y: Float64Array.of(0) }, [2, 1, 2], 1).read(
      Uint32Array.of(0),
      out,
      new Float64Array(1),
      null,
    );
    expect([...out]).toEqual([-255, 0, 0, 5]);
  });

  test('refuses arrays that do not hold whole rows', () => {
    expect(() => bindRows(examples, [3], 1)).toThrow('x must hold 3 × 3 = 9 values, but holds 6.');
    expect(() => bindRows(examples, [2], 2)).toThrow('y must hold 3 × 2 = 6 values, but holds 3.');
  });
});
