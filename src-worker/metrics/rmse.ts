import type { MetricDefinition } from './metric';

/** Root of the mean squared error in the target's own units: √(Σ (ŷ − y)² / m) · deviation. */
export const rmse: MetricDefinition<'rmse'> = {
  kind: 'rmse',
  label: 'RMSE',
  summary: 'How far predictions typically are from the target, in the target’s own units.',
  fields: [],
  equation: '\\sqrt{\\frac{1}{m} \\sum_{i=1}^{m} (\\hat{y}^{(i)} - y^{(i)})^2}',
  source: 'the squared loss of CS229 notes, backpropagation §1',
  tasks: ['regression'],
  minimumColumns: 1,
  unit: 'target',

  measure({ yHat, y, rows, columns, deviation }) {
    let sum = 0;
    for (let i = 0; i < rows * columns; i++) sum += (yHat[i]! - y[i]!) ** 2;
    return Math.sqrt(sum / (rows * columns)) * deviation;
  },
};
