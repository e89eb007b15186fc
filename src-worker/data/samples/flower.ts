import { drawPlane, sampleFields, type PlaneSample } from './sample';

/** Length of a petal. */
const LENGTH = 4;

/**
 * The planar flower: two classes on the petals of a rose, which no straight line can tell apart.
 *
 *   class c:  θ from cπ to (c + 1)π,  r = 4 sin(4θ),  x₁ = r sin θ,  x₂ = r cos θ
 *
 * Where sin(4θ) is negative the petal lies on the opposite side, so that each class has four petals and the eight
 * alternate in pairs. The noise acts on r and, in radians, on θ. It is the data set that the course of the Planar notes trains its
 * 2-4-1 network on.
 */
export const flower: PlaneSample<'flower'> = {
  kind: 'flower',
  form: 'plane',
  label: 'Flower',
  summary: 'Two classes on the eight petals of a flower: a curved boundary that needs hidden units.',
  fields: sampleFields({ examples: 400, noise: 0.1, maxNoise: 2 }),
  equation: String.raw`r = 4\sin(4\theta), \quad x = (r\sin\theta,\ r\cos\theta)`,
  source: 'Planar notes',
  task: 'binary',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise }, random) {
    const firstClass = Math.ceil(examples / 2);
    return drawPlane(examples, (n) => {
      const c = n < firstClass ? 0 : 1;
      const size = c === 0 ? firstClass : examples - firstClass;
      const step = (n - c * firstClass + 0.5) / size;
      const theta = (c + step) * Math.PI + noise * random.normal();
      const r = LENGTH * Math.sin(4 * theta) + noise * random.normal();
      return [r * Math.sin(theta), r * Math.cos(theta), c];
    });
  },
};
