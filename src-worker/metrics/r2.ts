import type { MetricDefinition } from './metric';

/**
 * Coefficient of determination: the share of the target's variance that the predictions explain. 1 is perfect, 0 is no
 * better than the part's own mean, less is worse. NaN for targets that are all equal.
 */
export const r2: MetricDefinition<'r2'> = {
  kind: 'r2',
  label: 'R²',
  summary: 'Share of the target’s variance that the network explains: 1 is perfect, 0 no better than the mean.',
  fields: [],
  equation: '1 - \\frac{\\sum_i (\\hat{y}^{(i)} - y^{(i)})^2}{\\sum_i (y^{(i)} - \\bar{y})^2}',
  source: 'the usual measure of a regression',
  tasks: ['regression'],
  minimumColumns: 1,
  unit: 'number',

  measure({ yHat, y, rows, columns }) {
    const count = rows * columns;
    let mean = 0;
    for (let i = 0; i < count; i++) mean += y[i]! / count;
    let residual = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      residual += (yHat[i]! - y[i]!) ** 2;
      total += (y[i]! - mean) ** 2;
    }
    return total === 0 ? NaN : 1 - residual / total;
  },
};
