import { describe, expect, test } from 'vitest';
import type { ClassMistakes } from '../../../src-worker/api';
import { THIN_SPACE } from '../../charts/format';
import {
  cellTitle,
  describeConfusion,
  describeReliability,
  describeRoc,
  pointWords,
  rowTotals,
  shownClasses,
} from './mistakes-words';

const birds = ['Adelie', 'Chinstrap', 'Gentoo'];
const mistakes: ClassMistakes = {
  classes: birds,
  counts: Uint32Array.of(20, 3, 0, 1, 9, 0, 0, 0, 15),
  unanswered: Uint32Array.of(0, 1, 0),
  figures: [],
  roc: [],
  calibration: null,
};

test('the examples of a cell are called by what they are and what they were taken for', () => {
  expect(cellTitle(null, birds)).toBe('Wrong answers');
  expect(cellTitle(null, [])).toBe('Largest residuals');
  expect(cellTitle({ right: 0, answer: 1 }, birds)).toBe('Adelie, answered as Chinstrap');
  expect(cellTitle({ right: 0, answer: 0 }, birds)).toBe('Adelie, answered right');
  expect(cellTitle({ right: 2, answer: null }, birds)).toBe('All of Gentoo');
  expect(cellTitle({ right: null, answer: 2 }, birds)).toBe('All answered as Gentoo');
  expect(cellTitle({ right: 1, answer: -1 }, birds)).toBe('Chinstrap, without an answer');
});

test('a row counts its examples without an answer too', () => {
  expect(rowTotals(mistakes)).toEqual([23, 11, 15]);
});

test('the matrix in a sentence: how many are right, what is confused most, what got no answer', () => {
  expect(describeConfusion(mistakes)).toBe(
    'Confusion matrix: 44 of 49 examples right. Most often Adelie was answered as Chinstrap: 3 times. 1 example got no answer.',
  );
});

test('of too many classes those with the most mistakes are shown, in their own order', () => {
  expect(shownClasses(mistakes, 3)).toEqual([0, 1, 2]);
  expect(shownClasses(mistakes, 2)).toEqual([0, 1]);
});

describe('curves in words', () => {
  const curve = {
    auc: 0.913,
    falsePositive: Float64Array.of(0, 0.25, 1),
    truePositive: Float64Array.of(0, 0.8, 1),
    thresholds: Float64Array.of(Infinity, 0.62, 0.1),
  };

  test('ROC', () => {
    expect(describeRoc(curve, 'Adelie')).toBe('ROC curve of Adelie against the rest: AUC 0.913.');
    expect(describeRoc(null, 'Adelie')).toContain('no ROC curve');
    expect(pointWords(curve, 0)).toContain('above every output');
    expect(pointWords(curve, 1)).toBe(
      `threshold 0.620: finds 80.0${THIN_SPACE}% of them, with 25.0${THIN_SPACE}% of the others`,
    );
  });

  test('reliability leaves empty bins out', () => {
    const bins = {
      count: Uint32Array.of(0, 4),
      confidence: Float64Array.of(NaN, 0.9),
      share: Float64Array.of(NaN, 0.75),
      error: 0.15,
    };
    expect(describeReliability(bins, 'all answers')).toBe(
      `Reliability of all answers, expected calibration error 15.0${THIN_SPACE}%. given 90.0${THIN_SPACE}%, right 75.0${THIN_SPACE}% of 4.`,
    );
  });
});
