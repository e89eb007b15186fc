import { drawPlane, sampleFields, type SampleDefinition } from './sample';

const CLASSES = 3;
const DISTANCE = 1;

/**
 * Three round clouds whose centres stand evenly on the unit circle; the noise is the deviation of each cloud.
 *
 *   x ~ N(centre of y, noise² I)
 */
export const blobs: SampleDefinition<'blobs'> = {
  kind: 'blobs',
  label: 'Blobs',
  summary: 'Three clouds of points: multi-class with straight boundaries, the case for softmax without hidden layers.',
  fields: sampleFields({ examples: 300, noise: 0.35, maxNoise: 2 }),
  equation: String.raw`x \sim \mathcal{N}(\mu_y, \sigma^2 I)`,
  source: 'scikit-learn make_blobs',
  task: 'multi-class',
  columns: ['x1', 'x2', 'class'],

  generate(examples, noise, random) {
    return drawPlane(examples, (n) => {
      const c = n % CLASSES;
      const angle = Math.PI / 2 + (2 * Math.PI * c) / CLASSES;
      return [
        DISTANCE * Math.cos(angle) + noise * random.normal(),
        DISTANCE * Math.sin(angle) + noise * random.normal(),
        c,
      ];
    });
  },
};
