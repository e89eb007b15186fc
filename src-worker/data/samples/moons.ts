import { drawPlane, sampleFields, type PlaneSample } from './sample';

/**
 * Two half circles that reach into each other.
 *
 *   class 0: (cos t, sin t),  class 1: (1 − cos t, ½ − sin t),  t from 0 to π
 */
export const moons: PlaneSample<'moons'> = {
  kind: 'moons',
  form: 'plane',
  label: 'Moons',
  summary: 'Two half moons that reach into each other: two classes, a boundary with one bend in each direction.',
  fields: sampleFields({ examples: 400, noise: 0.1, maxNoise: 1 }),
  equation: String.raw`x = (\cos t, \sin t) \ \text{or}\ (1 - \cos t, \tfrac{1}{2} - \sin t)`,
  source: 'scikit-learn make_moons',
  task: 'binary',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise }, random) {
    return drawPlane(examples, (n) => {
      const c = n % 2;
      const size = Math.max(2, Math.ceil((examples - c) / 2));
      const t = (Math.PI * Math.floor(n / 2)) / (size - 1);
      const x1 = c === 0 ? Math.cos(t) : 1 - Math.cos(t);
      const x2 = c === 0 ? Math.sin(t) : 0.5 - Math.sin(t);
      return [x1 + noise * random.normal(), x2 + noise * random.normal(), c];
    });
  },
};
