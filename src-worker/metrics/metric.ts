import type { MetricKind, Task } from '../api';
import type { Definition } from '../definition';
import type { FloatArray } from '../tensor';

/** Predictions of a whole part beside its targets: what a metric is read off. */
export interface Predictions {
  /** `[rows, columns]`. */
  readonly yHat: FloatArray;
  /** `[rows, columns]`: one-hot rows for classes, 0 or 1 for one output, scaled numbers for regression. */
  readonly y: FloatArray;
  readonly rows: number;
  readonly columns: number;
  /** One unit of y in the target's own units; 1 for classes. */
  readonly deviation: number;
}

/** A figure that people read off the predictions of a whole part; the network is never trained on it. */
export interface MetricDefinition<K extends MetricKind = MetricKind> extends Definition<K> {
  readonly tasks: readonly Task[];
  /** Fewest output units with which it says something. */
  readonly minimumColumns: number;
  /** What it counts in: a share from 0 to 1, or the target's own units or a plain number. */
  readonly unit: 'share' | 'target' | 'number';
  /** @returns NaN where it is not defined, such as for no rows */
  measure(predictions: Predictions): number;
}
