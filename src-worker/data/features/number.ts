import type { FeatureTransform } from '../../api';
import { numberAt, numbersAt } from '../column';
import { numberIn } from '../raw-cell';
import { fillFor } from '../fill';
import { fitScaling, measureFilled, unscaled } from '../scaling';
import type { FeatureKind } from './feature';

/** input = (value − offset) · scale; a hole becomes the training part's mean, median or most frequent value first. */
export const number: FeatureKind<Extract<FeatureTransform, { type: 'number' }>> = {
  fit(column, _reading, train, { missing, scaling }) {
    const statistics = measureFilled(train.length, (block, first) =>
      numbersAt(column, train.subarray(first, first + block.length), block),
    );
    const fill = fillFor(missing, () => numbersAt(column, train), statistics);
    return { column: column.name, type: 'number', ...fitScaling(scaling, statistics), fill };
  },
  inputs: ({ column }) => [column],
  fromColumn: (_feature, column) => (row) => numberAt(column, row),
  fromCell: () => (cell) => {
    const value = numberIn(cell);
    if (value === null) return NaN;
    return Number.isFinite(value) ? value : null;
  },
  write:
    ({ offset, scale, fill }) =>
    (value, x, at) => {
      x[at] = ((Number.isNaN(value) ? fill : value) - offset) * scale;
    },
  read:
    ({ offset, scale }) =>
    (x, at) =>
      unscaled(x[at]!, offset, scale),
  expected: () => 'a number',
  numbers: ({ offset, scale, fill }) => [offset, scale, fill],
};
