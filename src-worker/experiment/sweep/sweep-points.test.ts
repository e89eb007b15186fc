import { expect, it } from 'vitest';
import type { SweepPlan, SweptChoice, SweptNumber } from './sweep-plan';
import { gridValues, sweepPoints } from './sweep-points';

const rate: SweptNumber = {
  ...{ kind: 'number', path: 'training.optimizer.learningRate', label: 'Learning rate' },
  ...{ whole: false, from: 0.001, to: 1, count: 4, spacing: 'ratio' },
};
const units: SweptNumber = {
  ...{ kind: 'number', path: 'network.layers[0].units', label: 'Layer 1 units' },
  ...{ whole: true, from: 2, to: 8, count: 4, spacing: 'even' },
};
const activation: SweptChoice = {
  ...{ kind: 'choice', path: 'network.layers[0].activation', label: 'Layer 1 activation' },
  options: ['tanh', 'relu'].map((value) => ({ value, label: value })),
};

const grid = (...settings: SweepPlan['settings']): SweepPlan => ({
  ...{ method: 'grid', settings, draws: 10, seed: 1, epochs: 5 },
});
const random = (...settings: SweepPlan['settings']): SweepPlan => ({ ...grid(...settings), method: 'random' });

function pointsOf(plan: SweepPlan) {
  const points = sweepPoints(plan);
  if (!points.ok) throw new Error(JSON.stringify(points.problems));
  return points.value;
}

const codes = (plan: SweepPlan): string[] => {
  const points = sweepPoints(plan);
  return points.ok ? [] : points.problems.map(({ code }) => code);
};

it('spaces the values of a grid by a factor or evenly, with both ends', () => {
  expect(gridValues(rate)).toEqual([0.001, 0.01, 0.1, 1]);
  expect(gridValues(units)).toEqual([2, 4, 6, 8]);
  expect(gridValues({ ...rate, count: 3, to: 0.5 })).toEqual([0.001, 0.0224, 0.5]);
  expect(gridValues({ ...units, to: 128, count: 7, spacing: 'ratio' })).toEqual([2, 4, 8, 16, 32, 64, 128]);
});

it('has each whole number once, however many values are asked for', () => {
  expect(gridValues({ ...units, to: 4, count: 9 })).toEqual([2, 3, 4]);
});

it('takes one value of a single count', () => {
  expect(gridValues({ ...rate, count: 1 })).toEqual([0.001]);
});

it('crosses two settings, the second changing fastest', () => {
  expect(pointsOf(grid({ ...rate, count: 2 }, activation))).toEqual([
    [0.001, 'tanh'],
    [0.001, 'relu'],
    [1, 'tanh'],
    [1, 'relu'],
  ]);
});

it('draws the same points of the same seed, others of another, all within the ranges', () => {
  const plan = random(rate, units);
  const points = pointsOf(plan);
  expect(points).toHaveLength(10);
  expect(pointsOf(plan)).toEqual(points);
  expect(pointsOf({ ...plan, seed: 2 })).not.toEqual(points);
  for (const [learningRate, n] of points as readonly (readonly [number, number])[]) {
    expect(learningRate).toBeGreaterThanOrEqual(0.001);
    expect(learningRate).toBeLessThanOrEqual(1);
    expect(Number(learningRate.toPrecision(3))).toBe(learningRate);
    expect([2, 3, 4, 5, 6, 7, 8]).toContain(n);
  }
});

it('draws rates evenly in the logarithm: about a third of them in each of three decades', () => {
  const points = pointsOf({ ...random(rate), draws: 300 }) as readonly (readonly [number])[];
  const decades = [0, 0, 0];
  for (const [value] of points) decades[Math.min(2, Math.floor(Math.log10(value) + 3))]! += 1;
  // 300 draws of probability 1/3: a standard deviation of 8.2.
  for (const count of decades) expect(Math.abs(count - 100)).toBeLessThan(33);
});

it('draws what one setting gets whatever the other is', () => {
  const first = (plan: SweepPlan) => pointsOf(plan).map(([value]) => value);
  expect(first(random(rate, activation))).toEqual(first(random(rate, units)));
});

it('gives fewer points where the ranges hold no more', () => {
  expect(pointsOf(random(activation)).toSorted()).toEqual([['relu'], ['tanh']]);
  expect(pointsOf(random({ ...units, to: 4 }, activation))).toHaveLength(6);
});

it.each([
  ['no setting', grid(), ['sweep/no-setting']],
  ['the same setting twice', grid(rate, rate), ['sweep/same-setting']],
  ['a range that falls', grid({ ...rate, from: 2 }), ['sweep/range']],
  ['a factor from 0', grid({ ...rate, from: 0 }), ['sweep/ratio']],
  ['nothing to choose from', grid({ ...activation, options: [] }), ['sweep/no-choice']],
  ['too many', grid({ ...rate, count: 50 }, { ...units, to: 100, count: 50 }), ['sweep/too-many']],
  ['too many draws', { ...random(rate), draws: 401 }, ['sweep/too-many']],
])('refuses %s', (_, plan, expected) => {
  expect(codes(plan)).toEqual(expected);
});
