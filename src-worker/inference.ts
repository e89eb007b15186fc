import type { FeatureTransform, Prediction, Preprocessing, RawRow } from './api';
import { categoryFinder, numberIn } from './data/raw-cell';
import { predictedClass } from './metrics/predicted-class';
import { ProblemError } from './problem';
import { sizeOf, type FloatArray } from './tensor';

/**
 * Raw rows as the network's input, by the transform that was fitted on the training part: numbers as (value − offset) · scale,
 * categories one-hot. A hole takes the feature's fill; a category that training never saw sets no input.
 *
 * @returns `[rows, inputs]`, fresh
 * @throws ProblemError if a feature's column is missing or a number's cell holds something else; names row and column
 */
export function encodeRows(preprocessing: Preprocessing, rows: readonly RawRow[]): Float64Array {
  const { features, inputShape } = preprocessing;
  if (features.length === 0) {
    throw new ProblemError({
      code: 'predict/images',
      message: 'This model was trained on images, not on rows of a table.',
      hint: 'Give it an IDX file of images of the same size.',
    });
  }
  const inputs = sizeOf(inputShape);
  const x = new Float64Array(rows.length * inputs);
  let first = 0;
  for (const feature of features) {
    const write = featureWriter(feature);
    rows.forEach((row, index) => write(cellOf(row, feature.column, index), index, x, index * inputs + first));
    first += feature.type === 'number' ? 1 : feature.categories.length;
  }
  return x;
}

type WriteFeature = (cell: string | number | null, index: number, x: Float64Array, at: number) => void;

function featureWriter(feature: FeatureTransform): WriteFeature {
  if (feature.type === 'category') {
    const find = categoryFinder(feature.categories);
    return (cell, _index, x, at) => {
      const category = find(cell);
      if (category >= 0) x[at + category] = 1;
    };
  }
  return (cell, index, x, at) => {
    const value = numberIn(cell) ?? feature.fill;
    if (!Number.isFinite(value)) {
      throw new ProblemError({
        code: 'predict/not-a-number',
        message: `Row ${index + 1} has ${JSON.stringify(cell)} in column "${feature.column}", where the model needs a number.`,
        hint: 'Write a number, or leave the cell empty.',
      });
    }
    x[at] = (value - feature.offset) * feature.scale;
  };
}

function cellOf(row: RawRow, column: string, index: number): string | number | null {
  if (Object.hasOwn(row, column)) return row[column] ?? null;
  throw new ProblemError({
    code: 'predict/missing-column',
    message: `Row ${index + 1} has no column "${column}", which the model needs.`,
    hint: 'Give it the columns that the model was trained on; an empty cell is allowed, a missing column is not.',
  });
}

/**
 * The network's outputs as answers: the class of the largest output, for one unit the second class from 0.5 on, and for
 * regression the number in the target's own units.
 * @param yHat `[rows, outputs]`
 */
export function decodeOutputs(preprocessing: Preprocessing, yHat: FloatArray, rows: number): readonly Prediction[] {
  const { task, target } = preprocessing;
  const columns = rows === 0 ? 0 : yHat.length / rows;
  return Array.from({ length: rows }, (_, row): Prediction => {
    const outputs = Array.from(yHat.subarray(row * columns, (row + 1) * columns));
    const answer =
      task === 'regression'
        ? (outputs[0] ?? NaN) * target.deviation + target.mean
        : (target.classes[predictedClass(yHat, row, columns)] ?? NaN);
    return { answer, outputs };
  });
}
