import { drawPlane, sampleFields, type PlaneSample } from './sample';

/**
 * Exclusive or in the plane: points of the square [−1, 1]², class 1 where exactly one coordinate is positive.
 *
 *   y = 1 where x₁ x₂ < 0
 *
 * The class is decided before the noise moves the point, so that noise blurs the boundary.
 */
export const xor: PlaneSample<'xor'> = {
  kind: 'xor',
  form: 'plane',
  label: 'XOR',
  summary: 'Four quarters of a square, opposite ones alike: the smallest problem without a linear answer.',
  fields: sampleFields({ examples: 400, noise: 0.05, maxNoise: 1 }),
  equation: String.raw`y = 1 \ \text{where}\ x_1 x_2 < 0`,
  source: 'Minsky and Papert 1969',
  task: 'binary',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise }, random) {
    return drawPlane(examples, (n) => {
      // The quarters take turns, so that both classes have their half of any number of examples.
      const right = n % 4 === 0 || n % 4 === 3 ? 1 : -1;
      const up = n % 4 === 0 || n % 4 === 2 ? 1 : -1;
      return [
        right * random.uniform() + noise * random.normal(),
        up * random.uniform() + noise * random.normal(),
        right === up ? 0 : 1,
      ];
    });
  },
};
