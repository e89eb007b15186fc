import { createRandom } from '../../src-worker/random';
import type { WorkloadData } from '../contract';

const CLASSES = 10;

/**
 * Data of the kind of MNIST: per class a pattern of bright pixels, about a fifth of them, and every example a dimmed copy
 * of it with noise in a tenth of its pixels. Synthetic, so that the bench needs no file; time does not depend on the values.
 */
export function generateDigits(stream: string, examples: number, pixels: number): WorkloadData {
  const { uniform, integer } = createRandom(1, stream);
  const patterns = Float32Array.from({ length: CLASSES * pixels }, () => (uniform() < 0.2 ? 0.5 + uniform() / 2 : 0));
  const x = new Float32Array(examples * pixels);
  const y = new Float32Array(examples * CLASSES);
  for (let n = 0; n < examples; n++) {
    const label = integer(CLASSES);
    const brightness = 0.5 + uniform() / 2;
    y[n * CLASSES + label] = 1;
    for (let p = 0; p < pixels; p++) {
      const noise = uniform() < 0.1;
      x[n * pixels + p] = noise ? uniform() : brightness * (patterns[label * pixels + p] ?? 0);
    }
  }
  return { x, y };
}
