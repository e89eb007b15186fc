import type { Random } from '../../../random';

export type Vector = readonly [x: number, y: number, z: number];

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/**
 * A rotation drawn evenly from all there are, as a function of points.
 * Source: K. Shoemake, Uniform random rotations, Graphics Gems III (1992).
 */
export function turnRandomly(random: Random): (point: Vector) => Vector {
  const [u, v, w] = [random.uniform(), 2 * Math.PI * random.uniform(), 2 * Math.PI * random.uniform()];
  const [a, b] = [Math.sqrt(1 - u), Math.sqrt(u)];
  const [x, y, z, s] = [a * Math.sin(v), a * Math.cos(v), b * Math.sin(w), b * Math.cos(w)];
  return ([px, py, pz]) => [
    (1 - 2 * (y * y + z * z)) * px + 2 * (x * y - z * s) * py + 2 * (x * z + y * s) * pz,
    2 * (x * y + z * s) * px + (1 - 2 * (x * x + z * z)) * py + 2 * (y * z - x * s) * pz,
    2 * (x * z - y * s) * px + 2 * (y * z + x * s) * py + (1 - 2 * (x * x + y * y)) * pz,
  ];
}
