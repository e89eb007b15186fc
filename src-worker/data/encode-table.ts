import type { FeatureTransform, Preprocessing, Scaling } from '../api';
import type { Precision } from '../engine';
import type { FloatArray } from '../tensor';
import { categoriesOf, numberAt, type Column } from './column';
import type { ResolvedColumn } from './resolve-columns';
import { fitScaling, measure } from './scaling';
import { categoryReader, type TableView } from './table-view';

/**
 * Learns how to turn a column into inputs from the training rows and no others: offset, scale and fill of a number, the
 * categories that appear.
 */
export function fitFeature({ column, type }: ResolvedColumn, scaling: Scaling, train: Uint32Array): FeatureTransform {
  if (type === 'number') {
    const statistics = measure(train.length, (index) => numberAt(column, train[index]!));
    return { column: column.name, type, ...fitScaling(scaling, statistics), fill: statistics.mean };
  }
  const { names, at } = categoriesOf(column)!;
  const seen = new Set<number>();
  for (const row of train) seen.add(at(row));
  return { column: column.name, type, categories: names.filter((_, index) => seen.has(index)) };
}

/** Names of the network's inputs: a number keeps its column's name, a category gives one for each value. */
export function inputNames(features: readonly FeatureTransform[]): readonly string[] {
  return features.flatMap((feature) =>
    feature.type === 'number' ? [feature.column] : feature.categories.map((name) => `${feature.column} = ${name}`),
  );
}

/** The inputs of some rows, `[rows, inputs]`, fresh. */
export function encodeInputs(
  view: TableView,
  rows: Uint32Array,
  features: readonly FeatureTransform[],
  precision: Precision,
): FloatArray {
  const inputs = features.reduce((sum, feature) => sum + widthOf(feature), 0);
  const x = createFloats(rows.length * inputs, precision);
  let offset = 0;
  features.forEach((feature, index) => {
    writeFeature(feature, view.features[index]!, rows, x, offset, inputs);
    offset += widthOf(feature);
  });
  return x;
}

function widthOf(feature: FeatureTransform): number {
  return feature.type === 'number' ? 1 : feature.categories.length;
}

/** Writes the inputs of one feature into every row of x, beginning in column `first` of `inputs`. */
function writeFeature(
  feature: FeatureTransform,
  column: Column,
  rows: Uint32Array,
  x: FloatArray,
  first: number,
  inputs: number,
): void {
  if (feature.type === 'category') {
    const categoryAt = categoryReader(column, feature.categories);
    rows.forEach((row, n) => {
      const category = categoryAt(row);
      if (category !== -1) x[n * inputs + first + category] = 1;
    });
    return;
  }
  const { offset, scale, fill } = feature;
  rows.forEach((row, n) => {
    const value = numberAt(column, row);
    x[n * inputs + first] = ((Number.isNaN(value) ? fill : value) - offset) * scale;
  });
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

export function createFloats(length: number, precision: Precision): FloatArray {
  return precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
}
