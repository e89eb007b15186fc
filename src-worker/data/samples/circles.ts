import { drawPlane, sampleFields, type PlaneSample } from './sample';

const INNER_RADIUS = 0.4;

/**
 * A ring around a ring: class 0 on the unit circle, class 1 on a circle of radius 0.4 inside it.
 *
 *   x = radius · (cos θ, sin θ) + noise
 */
export const circles: PlaneSample<'circles'> = {
  kind: 'circles',
  form: 'plane',
  label: 'Circles',
  summary: 'One class inside the other: the boundary is closed, so three hidden units are the least that can draw it.',
  fields: sampleFields({ examples: 400, noise: 0.1, maxNoise: 1 }),
  equation: String.raw`x = \rho_y (\cos\theta, \sin\theta), \quad \rho_0 = 1,\ \rho_1 = 0.4`,
  source: 'scikit-learn make_circles',
  task: 'binary',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise }, random) {
    return drawPlane(examples, (n) => {
      const c = n % 2;
      const radius = c === 0 ? 1 : INNER_RADIUS;
      const theta = 2 * Math.PI * random.uniform();
      return [
        radius * Math.cos(theta) + noise * random.normal(),
        radius * Math.sin(theta) + noise * random.normal(),
        c,
      ];
    });
  },
};
