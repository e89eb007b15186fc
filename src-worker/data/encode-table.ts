import type { FeatureTransform, Preprocessing } from '../api';
import type { EncodedInputs, Precision } from '../engine';
import { createFloats, type FloatArray } from '../tensor';
import { inputNames, kindOf, widthOf } from './features';
import type { TableView } from './table-view';

const BLOCK = 512;

/** The inputs of some rows, `[rows, inputs]`. */
export function encodeInputs(
  view: TableView,
  rows: Uint32Array,
  features: readonly FeatureTransform[],
  precision: Precision,
): EncodedInputs {
  const inputs = inputNames(features).length;
  let first = 0;
  const writers = features.map((feature, index) => {
    const kind = kindOf(feature.type);
    const valueAt = kind.fromColumn(feature, view.features[index]!);
    const write = kind.write(feature);
    const at = first;
    first += widthOf(feature);
    return (from: number, to: number, rowsOfX: Uint32Array, x: FloatArray): void => {
      for (let n = from; n < to; n++) write(valueAt(rowsOfX[n]!), x, n * inputs + at);
    };
  });
  return {
    length: rows.length * inputs,
    precision,
    write(x, chosen) {
      const rowsOfX = chosen === undefined ? rows : chosen.map((example) => rows[example]!);
      x.fill(0);
      // A block of rows stays in the cache while all columns write into it.
      for (let from = 0; from < rowsOfX.length; from += BLOCK) {
        const to = Math.min(rowsOfX.length, from + BLOCK);
        for (const write of writers) write(from, to, rowsOfX, x);
      }
    },
  };
}

/**
 * The targets of some rows, `[rows, outputs]`, fresh: one-hot for as many outputs as classes, 0 and 1 for two classes and one output,
 * the scaled number for regression.
 *
 * @param valueAt class index or raw number of a row
 * @throws RangeError if `outputs` fits neither
 */
export function encodeTargets(
  rows: Uint32Array,
  valueAt: (row: number) => number,
  { task, target }: Preprocessing,
  outputs: number,
  precision: Precision,
): FloatArray {
  const y = createFloats(rows.length * outputs, precision);
  const fits =
    task === 'regression' ? outputs === 1 : outputs === target.classes.length || (task === 'binary' && outputs === 1);
  if (!fits) throw new RangeError(`${outputs} outputs do not fit ${target.classes.length} classes of a ${task} task.`);
  if (task === 'regression') {
    rows.forEach((row, n) => (y[n] = (valueAt(row) - target.mean) / target.deviation));
  } else if (outputs === 1) {
    rows.forEach((row, n) => (y[n] = valueAt(row)));
  } else {
    rows.forEach((row, n) => (y[n * outputs + valueAt(row)] = 1));
  }
  return y;
}
