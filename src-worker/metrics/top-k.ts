import type { MetricDefinition, Predictions } from './metric';
import { predictedClass } from './predicted-class';

/** How many answers count as right. */
export const TOP_K = 3;

/** Share of the examples whose class is among the three largest outputs; only where there are more classes than that. */
export const topK: MetricDefinition<'top-k'> = {
  kind: 'top-k',
  label: 'Top-3 accuracy',
  summary: 'Share of the examples whose right class is among the three likeliest answers.',
  fields: [],
  equation: '\\frac{1}{m} \\sum_{i=1}^{m} \\mathbf{1}\\{c^{(i)} \\in \\text{the 3 largest of } \\hat{y}^{(i)}\\}',
  source: 'the usual measure beside accuracy for many classes',
  tasks: ['multi-class'],
  minimumColumns: TOP_K + 1,
  unit: 'share',

  measure: (predictions) => topKAccuracy(predictions, TOP_K),
};

/**
 * Share of the rows whose class is among the `k` largest outputs. Of equal outputs the first counts as the larger, as in
 * {@link predictedClass}, so that k = 1 is the accuracy; a row with an output that is not a number is never right.
 */
export function topKAccuracy({ yHat, y, rows, columns }: Predictions, k: number): number {
  let right = 0;
  for (let row = 0; row < rows; row++) {
    if (predictedClass(yHat, row, columns) === -1) continue;
    const start = row * columns;
    const target = predictedClass(y, row, columns);
    let above = 0;
    for (let j = 0; j < columns; j++) {
      const isLarger = yHat[start + j]! > yHat[start + target]!;
      if (isLarger || (j < target && yHat[start + j]! === yHat[start + target]!)) above++;
    }
    if (above < k) right++;
  }
  return right / rows;
}
