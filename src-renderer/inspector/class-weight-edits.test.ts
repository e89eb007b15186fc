import { expect, it } from 'vitest';
import { weightsOfClasses } from '../../src-worker/experiment/class-weights';
import { meanWeight, namedWeights, withWeight } from './class-weight-edits';

const classes = ['Adelie', '__proto__', 'Gentoo'];

it('fills in what a word means, in four figures, whatever a class is called', () => {
  const weights = namedWeights(classes, weightsOfClasses('balanced', classes, [103, 48, 90]));
  expect(Object.entries(weights)).toEqual([
    ['Adelie', 0.7799],
    ['__proto__', 1.674],
    ['Gentoo', 0.8926],
  ]);
});

it('changes the weight of one class and keeps the order', () => {
  const weights = namedWeights(classes, [1, 1, 1]);
  expect(Object.entries(withWeight(weights, '__proto__', 3))).toEqual([
    ['Adelie', 1],
    ['__proto__', 3],
    ['Gentoo', 1],
  ]);
  expect(withWeight({ Adelie: 2 }, 'Gentoo', 0)).toEqual({ Adelie: 2, Gentoo: 0 });
});

it('knows what an example counts on average', () => {
  expect(meanWeight(weightsOfClasses('balanced', classes, [7, 2, 1]), [7, 2, 1])).toBeCloseTo(1, 12);
  expect(meanWeight([1, 3, 1], [5, 5, 0])).toBe(2);
});
