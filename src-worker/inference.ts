import type { FeatureTransform, Prediction, Preprocessing, RawRow } from './api';
import { kindOf, widthOf } from './data/features';
import { predictedClass } from './metrics/predicted-class';
import { ProblemError, type Problem } from './problem';
import { sizeOf, type FloatArray } from './tensor';

/**
 * Raw rows as the network's input, by the transforms that were fitted on the training part (data/features): numbers and dates
 * scaled, booleans as 0 and 1, categories one-hot. A hole takes the feature's fill.
 *
 * @returns `[rows, inputs]`, fresh
 * @throws ProblemError if a feature's column is missing or a cell holds something else than its type; names row and column
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
    const kind = kindOf(feature.type);
    const valueIn = kind.fromCell(feature);
    const write = kind.write(feature);
    rows.forEach((row, index) => {
      const cell = cellOf(row, feature.column, index);
      const value = valueIn(cell);
      if (value === null) throw new ProblemError(unreadable(cell, index, feature));
      write(value, x, index * inputs + first);
    });
    first += widthOf(feature);
  }
  return x;
}

function unreadable(cell: string | number | null, index: number, feature: FeatureTransform): Problem {
  const expected = kindOf(feature.type).expected(feature);
  return {
    code: feature.type === 'number' ? 'predict/not-a-number' : `predict/not-a-${feature.type}`,
    message: `Row ${index + 1} has ${JSON.stringify(cell)} in column "${feature.column}", where the model needs ${expected}.`,
    hint: `Write ${expected}, or leave the cell empty.`,
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
