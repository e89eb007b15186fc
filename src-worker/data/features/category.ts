import type { FeatureTransform } from '../../api';
import { categoriesOf } from '../column';
import { categoryFinder, isEmptyCell } from '../raw-cell';
import { categoryReader, isHoleAt } from '../table-view';
import type { FeatureKind } from './feature';

type CategoryTransform = Extract<FeatureTransform, { type: 'category' }>;

/** One input per category that the training part holds, 1 where the value is it; rare and unseen ones share one more, if any were rare. */
export const category: FeatureKind<CategoryTransform> = {
  fit(column, _reading, train, { missing, rare }) {
    const { names, at } = categoriesOf(column)!;
    const counts = new Uint32Array(names.length);
    let holes = 0;
    for (const row of train) {
      const index = at(row);
      if (index === -1) holes++;
      else counts[index]!++;
    }
    const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0));
    const fill = missing === 'most-frequent' && counts[most]! > 0 ? names[most]! : null;
    if (fill !== null) counts[most]! += holes;
    const own = names.filter((_, index) => counts[index]! > 0 && counts[index]! >= rare);
    const other = counts.some((count) => count > 0 && count < rare);
    return { column: column.name, type: 'category', categories: own, other, fill };
  },
  inputs: ({ column, categories, other }) => [
    ...categories.map((name) => `${column} = ${name}`),
    ...(other ? [`${column} = any other`] : []),
  ],
  fromColumn(feature, column) {
    const find = categoryReader(column, feature.categories);
    const isHole = isHoleAt(column);
    return (row) => {
      const index = find(row);
      return index === -1 && isHole(row) ? NaN : index;
    };
  },
  fromCell({ categories }) {
    const find = categoryFinder(categories);
    return (cell) => (isEmptyCell(cell) ? NaN : find(cell));
  },
  write(feature) {
    const { categories, other, fill } = feature;
    // −1 is a value without an input of its own.
    const shared = other ? categories.length : -1;
    const filled = fill === null ? -1 : categories.includes(fill) ? categories.indexOf(fill) : shared;
    return (value, x, at) => {
      const input = Number.isNaN(value) ? filled : value === -1 ? shared : value;
      if (input !== -1) x[at + input] = 1;
    };
  },
  read:
    ({ categories, other }) =>
    (x, at) => {
      const index = x.subarray(at, at + categories.length + Number(other)).indexOf(1);
      return index === -1 ? NaN : index;
    },
  expected: () => 'a category',
  numbers: () => [],
};
