import type { FloatArray } from '../tensor';

/**
 * The class that one row of outputs means: 1 from 0.5 on for a single unit, the largest output otherwise (the first of equal
 * ones). −1, which is no class, where an output is not a number.
 */
export function predictedClass(outputs: FloatArray, row: number, columns: number): number {
  const start = row * columns;
  for (let k = 0; k < columns; k++) if (Number.isNaN(outputs[start + k])) return -1;
  if (columns === 1) return outputs[start]! >= 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < columns; k++) if (outputs[start + k]! > outputs[start + best]!) best = k;
  return best;
}
