import { classesField, drawPlane, sampleFields, type PlaneSample } from './sample';

/** Turns of an arm from the middle to its end, and the radius where it begins. */
const TURNS = 0.8;
const START = 0.05;

/**
 * Arms that wind around each other, one for each of K classes.
 *
 *   x = (r sin θ, r cos θ),  θ = 2π (class / K + 0.8 r),  r from 0.05 to 1
 *
 * The noise moves the point, so that the arms blur alike in the middle and at the ends.
 */
export const spirals: PlaneSample<'spirals'> = {
  kind: 'spirals',
  form: 'plane',
  label: 'Spirals',
  summary: 'Arms that wind around each other: the hardest of the plane samples, which asks for several hidden units.',
  fields: [...sampleFields({ examples: 400, noise: 0.02, maxNoise: 0.5 }), classesField(2)],
  equation: String.raw`x = (r\sin\theta,\ r\cos\theta), \quad \theta = 2\pi\,(c / K + 0.8\,r)`,
  source: 'Lang and Witbrock 1988',
  task: 'multi-class',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise, classes }, random) {
    return drawPlane(examples, (n) => {
      const c = n % classes;
      const size = Math.max(2, Math.ceil((examples - c) / classes));
      const r = START + ((1 - START) * Math.floor(n / classes)) / (size - 1);
      const angle = 2 * Math.PI * (c / classes + TURNS * r);
      return [r * Math.sin(angle) + noise * random.normal(), r * Math.cos(angle) + noise * random.normal(), c];
    });
  },
};
