import { sampleFields, type PlaneSample } from './sample';

const SLOPE = 2;
const INTERCEPT = 1;

/**
 * Linear regression whose answer is known: one unit without activation finds w ≈ 2 and b ≈ 1 in raw units.
 *
 *   y = 2x + 1 + noise,  x uniform in [−1, 1]
 */
export const line: PlaneSample<'line'> = {
  kind: 'line',
  form: 'plane',
  label: 'Line',
  summary: 'A noisy straight line: regression with one input, where slope and intercept can be read off the weights.',
  fields: sampleFields({ examples: 200, noise: 0.3, maxNoise: 5 }),
  equation: String.raw`y = 2x + 1 + \varepsilon`,
  source: 'CS229 notes',
  task: 'regression',
  columns: ['x', 'y'],

  generate({ examples, noise }, random) {
    const x = new Float64Array(examples);
    const y = new Float64Array(examples);
    for (let n = 0; n < examples; n++) {
      x[n] = 2 * random.uniform() - 1;
      y[n] = SLOPE * x[n]! + INTERCEPT + noise * random.normal();
    }
    return [x, y];
  },
};
