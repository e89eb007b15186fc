import { expect, it } from 'vitest';
import { weightsOfClasses } from './class-weights';

const classes = ['a', 'b', 'c', '__proto__'];

it('without any every class counts 1', () => {
  expect(weightsOfClasses('none', classes, [7, 1, 0, 2])).toEqual([1, 1, 1, 1]);
});

it('balanced is m / (K · m_k) over the classes that have examples', () => {
  const weights = weightsOfClasses('balanced', classes, [6, 1, 0, 2]);
  expect(weights).toEqual([9 / (3 * 6), 9 / 3, 1, 9 / (3 * 2)]);
  const counted = [6, 1, 0, 2].reduce((sum, count, k) => sum + count * weights[k]!, 0);
  expect(counted).toBeCloseTo(9, 12);
});

it('numbers are those of the classes by name; one without counts 1', () => {
  const weights = Object.fromEntries([
    ['b', 2.5],
    ['__proto__', 0],
  ]);
  expect(weightsOfClasses(weights, classes, [1, 1, 1, 1])).toEqual([1, 2.5, 1, 0]);
  expect(weightsOfClasses({ b: 2.5 }, classes, [1, 1, 1, 1])).toEqual([1, 2.5, 1, 1]);
});
