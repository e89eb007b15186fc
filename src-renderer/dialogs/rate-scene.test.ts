import { describe, expect, it } from 'vitest';
import type { RateSearchState } from '../../src-worker/api';
import { AREA, describeSearch, placeOfRate, rateScene } from './rate-scene';

const rates = Float64Array.of(1e-5, 1e-4, 0.001, 0.01, 0.1);
const losses = Float64Array.of(1, 0.9, 0.3, 0.2, 40);
const state: RateSearchState = { rates, losses, smoothed: losses, ended: 'rose', proposal: { rate: 0.001, index: 2 } };

describe('the picture of a search', () => {
  it('puts decades at equal distances', () => {
    const places = [AREA.left, (AREA.left + AREA.right) / 2, AREA.right];
    [1e-5, 1e-2, 10].forEach((rate, i) => expect(placeOfRate(rate)).toBeCloseTo(places[i]!, 9));
    expect(placeOfRate(11)).toBeNull();
  });

  it('gives its room to the fall, and lets the rise behind it run out of the picture', () => {
    const scene = rateScene(state);
    expect(scene.proposal!.y).toBeGreaterThan(AREA.top);
    expect(scene.proposal!.y).toBeLessThan(AREA.bottom);
    const heights = scene.smoothed
      .split(/[ML]/)
      .slice(1)
      .map((point) => Number(point.split(' ')[1]));
    expect(heights[4]).toBeLessThan(AREA.top);
    expect(heights[0]).toBeLessThan(heights[3]!);
    expect(scene.xTicks.map(({ text }) => text)).toEqual(['1e-5', '0.0001', '0.001', '0.01', '0.1', '1', '10']);
  });

  it('is there before anything was measured', () => expect(rateScene(null).smoothed).toBe(''));
});

it('says a search in words', () => {
  expect(describeSearch(null)).toBe('Loss over the learning rate: nothing measured yet.');
  expect(describeSearch(state)).toBe(
    'Averaged loss over the learning rate: from 1.00 at 1.00e-5 down to 0.200 at 0.0100. It falls most steeply at 0.00100. Behind it the loss rose; the search ended at 0.100.',
  );
});
