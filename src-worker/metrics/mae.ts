import type { MetricDefinition } from './metric';

/** Mean absolute error in the target's own units: Σ |ŷ − y| / m · deviation. */
export const mae: MetricDefinition<'mae'> = {
  kind: 'mae',
  label: 'MAE',
  summary:
    'How far predictions are from the target on average, in the target’s own units; outliers count less than in RMSE.',
  fields: [],
  equation: '\\frac{1}{m} \\sum_{i=1}^{m} |\\hat{y}^{(i)} - y^{(i)}|',
  source: 'the usual measure beside RMSE',
  tasks: ['regression'],
  minimumColumns: 1,
  unit: 'target',

  measure({ yHat, y, rows, columns, deviation }) {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) sum += Math.abs(yHat[i]! - y[i]!);
    return (sum / (rows * columns)) * deviation;
  },
};
