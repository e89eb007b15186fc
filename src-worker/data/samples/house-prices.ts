import { drawLine, sampleFields, type PlaneSample } from './sample';

/** Thousands for each square metre, and the size up to which a house is worth nothing. */
const SLOPE = 4;
const KINK = 60;
const LARGEST = 200;

/**
 * Prices of houses by their size, never below zero: a line with a kink, which is one relu unit.
 *
 *   price = max(a · size + b + noise, 0),  a = 4, b = −240,  size uniform in [0, 200]
 *
 * Source: CS229 notes, Figure 1 and f(x) = max(ax + b, 0) below it; sizes and prices are ours.
 */
export const housePrices: PlaneSample<'house-prices'> = {
  kind: 'house-prices',
  form: 'plane',
  label: 'House prices with a kink',
  summary: 'Prices that are zero up to a size and then rise in a line: regression that a single relu unit solves.',
  fields: sampleFields({ examples: 200, noise: 30, maxNoise: 500, step: 5 }),
  equation: String.raw`y = \max(ax + b + \varepsilon,\ 0)`,
  source: 'CS229 notes, Figure 1',
  task: 'regression',
  columns: ['size', 'price'],

  generate({ examples, noise }, random) {
    return drawLine(examples, () => {
      const size = LARGEST * random.uniform();
      return [size, Math.max(0, SLOPE * (size - KINK) + noise * random.normal())];
    });
  },
};
