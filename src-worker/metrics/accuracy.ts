import type { FloatArray } from '../tensor';
import type { MetricDefinition } from './metric';

/** Share of the examples whose predicted class is the right one, 0 to 1. CS229 notes §3.3. */
export const accuracy: MetricDefinition<'accuracy'> = {
  kind: 'accuracy',
  label: 'Accuracy',
  summary: 'Share of the examples that the network gets right.',
  fields: [],
  equation: '\\frac{1}{m} \\sum_{i=1}^{m} \\mathbf{1}\\{\\hat{c}^{(i)} = c^{(i)}\\}',
  source: 'CS229 notes §3.3',
  tasks: ['binary', 'multi-class'],

  measure(yHat, y, rows, columns) {
    let right = 0;
    for (let row = 0; row < rows; row++) {
      if (predictedClass(yHat, row, columns) === predictedClass(y, row, columns)) right++;
    }
    return right / rows;
  },
};

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
