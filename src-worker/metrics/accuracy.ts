import { predictedClass } from './predicted-class';
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
  minimumColumns: 1,
  unit: 'share',

  measure({ yHat, y, rows, columns }) {
    let right = 0;
    for (let row = 0; row < rows; row++) {
      if (predictedClass(yHat, row, columns) === predictedClass(y, row, columns)) right++;
    }
    return right / rows;
  },
};
