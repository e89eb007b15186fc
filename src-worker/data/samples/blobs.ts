import { classesField, drawPlane, sampleFields, type PlaneSample } from './sample';

const DISTANCE = 1;

/**
 * Round clouds whose centres stand evenly on the unit circle; the noise is the deviation of each cloud.
 *
 *   x ~ N(centre of y, noise² I)
 */
export const blobs: PlaneSample<'blobs'> = {
  kind: 'blobs',
  form: 'plane',
  label: 'Blobs',
  summary: 'Clouds of points: classes with straight boundaries, the case for softmax without hidden layers.',
  fields: [...sampleFields({ examples: 300, noise: 0.35, maxNoise: 2 }), classesField(3)],
  equation: String.raw`x \sim \mathcal{N}(\mu_y, \sigma^2 I)`,
  source: 'scikit-learn make_blobs',
  task: 'multi-class',
  columns: ['x1', 'x2', 'class'],

  generate({ examples, noise, classes }, random) {
    return drawPlane(examples, (n) => {
      const c = n % classes;
      const angle = Math.PI / 2 + (2 * Math.PI * c) / classes;
      return [
        DISTANCE * Math.cos(angle) + noise * random.normal(),
        DISTANCE * Math.sin(angle) + noise * random.normal(),
        c,
      ];
    });
  },
};
