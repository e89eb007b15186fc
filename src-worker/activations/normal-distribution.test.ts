import { describe, expect, test } from 'vitest';
import { erfc, normalDensity, normalProbability } from './normal-distribution';

/** z and Φ(z), from mpmath 1.2.1 with 40 digits, rounded to float64. */
const PROBABILITIES = [
  [-10, 7.619853024160525e-24],
  [-5, 2.866515718791939e-7],
  [-3, 0.0013498980316300946],
  [-2.9, 0.0018658133003840384],
  [-2.8, 0.0025551303304279342],
  [-2, 0.02275013194817921],
  [-1, 0.15865525393145705],
  [-0.5, 0.3085375387259869],
  [-0.001, 0.49960105778608893],
  [0, 0.5],
  [1e-9, 0.5000000003989423],
  [0.3, 0.6179114221889527],
  [1, 0.8413447460685429],
  [2.5, 0.9937903346742238],
  [2.83, 0.9976725997932685],
  [3, 0.9986501019683699],
  [6, 0.9999999990134123],
  [9, 1],
] as const;

describe('the normal distribution', () => {
  test.each(PROBABILITIES)('Φ(%d) = %d within 1e-15, and within 1e-13 of itself in the tail', (z, expected) => {
    const error = Math.abs(normalProbability(z) - expected);
    expect(error).toBeLessThan(1e-15);
    expect(error / expected).toBeLessThan(1e-13);
  });

  test('series and continued fraction meet at x = 2', () => {
    expect(Math.abs(erfc(2 - 1e-15) - erfc(2))).toBeLessThan(1e-15);
    expect(Math.abs(erfc(-2 + 1e-15) - erfc(-2))).toBeLessThan(1e-15);
  });

  test('Φ(z) + Φ(−z) = 1, and ends at 0 and 1; NaN stays NaN', () => {
    for (let z = -8; z <= 8; z += 0.37) expect(normalProbability(z) + normalProbability(-z)).toBeCloseTo(1, 15);
    expect([-Infinity, -1000, 1000, Infinity].map(normalProbability)).toEqual([0, 0, 1, 1]);
    expect(normalProbability(NaN)).toBeNaN();
  });

  test('φ is the derivative of Φ', () => {
    for (let z = -4; z <= 4; z += 0.21) {
      const slope = (normalProbability(z + 1e-5) - normalProbability(z - 1e-5)) / 2e-5;
      expect(Math.abs(slope - normalDensity(z))).toBeLessThan(1e-9);
    }
  });
});
