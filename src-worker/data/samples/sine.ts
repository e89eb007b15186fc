import { drawLine, sampleFields, type PlaneSample } from './sample';

/**
 * Noisy regression: one period and a half of a sine, which a straight line misses and a few hidden units follow.
 *
 *   y = sin(3π x / 2) + noise,  x uniform in [−1, 1]
 */
export const sine: PlaneSample<'sine'> = {
  kind: 'sine',
  form: 'plane',
  label: 'Sine',
  summary: 'A noisy wave: regression with one input, where few units underfit and many follow the noise.',
  fields: sampleFields({ examples: 200, noise: 0.15, maxNoise: 2 }),
  equation: String.raw`y = \sin(\tfrac{3\pi}{2} x) + \varepsilon`,
  source: 'C. M. Bishop, Pattern Recognition and Machine Learning, 2006, section 1.1',
  task: 'regression',
  columns: ['x', 'y'],

  generate({ examples, noise }, random) {
    return drawLine(examples, () => {
      const x = 2 * random.uniform() - 1;
      return [x, Math.sin(1.5 * Math.PI * x) + noise * random.normal()];
    });
  },
};
