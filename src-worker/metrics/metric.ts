import type { Task } from '../api';
import type { Definition } from '../definition';
import type { FloatArray } from '../tensor';

export type MetricKind = 'accuracy' | 'rmse';

/** A figure that people read off the predictions of a whole part; the network is never trained on it. */
export interface MetricDefinition<K extends MetricKind = MetricKind> extends Definition<K> {
  readonly tasks: readonly Task[];
  /**
   * @param yHat predictions, `[rows, columns]`
   * @param y targets, `[rows, columns]`
   * @param deviation one unit of y in the target's own units; 1 for classes
   * @returns NaN where there are no rows
   */
  measure(yHat: FloatArray, y: FloatArray, rows: number, columns: number, deviation: number): number;
}
