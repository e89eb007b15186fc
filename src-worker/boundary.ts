import type { Boundary, BoundaryRequest, FeatureTransform, Preprocessing } from './api';
import type { CompiledNetwork } from './engine';
import { fail, succeed, type Outcome } from './problem';

/** A picture finer than this shows no more and holds up training. */
const MOST_POINTS = 1_000_000;

/**
 * The network's output over a grid of two raw number features, `x` along the columns and `y` along the rows from its lowest
 * value, both ends included; over a line for one feature. Regression comes in the target's own units.
 */
export function evaluateBoundary(
  network: CompiledNetwork,
  preprocessing: Preprocessing,
  { x, y }: BoundaryRequest,
): Outcome<Boundary> {
  const [first, second, ...others] = preprocessing.features;
  if (first?.type !== 'number' || (second !== undefined && second.type !== 'number') || others.length > 0) {
    return fail({
      code: 'boundary/features',
      message: 'A boundary can be drawn over one or two number features; this network has others.',
      hint: 'Set the other columns to "ignore" and build the network again to see one.',
      path: 'data.columns',
    });
  }
  const columns = x.steps;
  const rows = second === undefined ? 1 : y.steps;
  const counts = [columns, rows].every((steps) => Number.isSafeInteger(steps) && steps >= 1);
  const bounds = [x.min, x.max, y.min, y.max].every((bound) => Number.isFinite(bound));
  if (!counts || !bounds || columns * rows > MOST_POINTS) {
    return fail({
      code: 'boundary/request',
      message: `A boundary of ${columns} × ${rows} points from (${x.min}, ${y.min}) to (${x.max}, ${y.max}) cannot be drawn.`,
      hint: `Ask for finite bounds and 1 to ${MOST_POINTS} points.`,
    });
  }
  const inputs = second === undefined ? 1 : 2;
  const points = new Float32Array(rows * columns * inputs);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (row * columns + column) * inputs;
      points[at] = scaled(first, gridValue(x, column));
      if (second !== undefined) points[at + 1] = scaled(second, gridValue(y, row));
    }
  }
  const yHat = network.predict(points, rows * columns);
  const values = Float32Array.from(yHat);
  const { task, target } = preprocessing;
  if (task === 'regression') values.forEach((value, i) => (values[i] = value * target.deviation + target.mean));
  return succeed({ columns, rows, outputs: values.length / (rows * columns), values });
}

function gridValue({ min, max, steps }: BoundaryRequest['x'], index: number): number {
  return steps === 1 ? min : min + ((max - min) * index) / (steps - 1);
}

function scaled(feature: Extract<FeatureTransform, { type: 'number' }>, value: number): number {
  return (value - feature.offset) * feature.scale;
}
