import type { FeatureTransform } from '../../api';
import { fillFor } from '../fill';
import { isEmptyCell, wordIn } from '../raw-cell';
import { valueReader, type Reading } from '../reading';
import { measureValues } from '../scaling';
import type { FeatureKind } from './feature';

type BooleanReading = Extract<Reading, { type: 'boolean' }>;

/** One input: 0 for no, 1 for yes; it is on the scale of standardised numbers already. The mean of the training part is its share of yes. */
export const boolean: FeatureKind<Extract<FeatureTransform, { type: 'boolean' }>> = {
  fit(column, reading, train, { missing }) {
    const { words } = reading as BooleanReading; // resolve-columns.ts reads a column as its type
    const read = valueReader(column, reading);
    const values = Float64Array.from(train, read);
    const fill = fillFor(missing, () => values, measureValues(values));
    return { column: column.name, type: 'boolean', no: words.no, yes: words.yes, fill };
  },
  inputs: ({ column }) => [column],
  fromColumn: ({ no, yes }, column) => valueReader(column, { type: 'boolean', words: { no, yes } }),
  fromCell:
    ({ no, yes }) =>
    (cell) => {
      if (isEmptyCell(cell)) return NaN;
      const word = wordIn(cell);
      return word === no ? 0 : word === yes ? 1 : null;
    },
  write:
    ({ fill }) =>
    (value, x, at) => {
      x[at] = Number.isNaN(value) ? fill : value;
    },
  read: () => (x, at) => x[at]!,
  expected: ({ no, yes }) => `${yes} or ${no}`,
  numbers: ({ fill }) => [fill],
};
