import { expect, test } from 'vitest';
import { shownFigures } from './class-figures';

const none = { precision: 0, recall: 0, f1: 0 };

test('a class that was never answered has no precision, one without examples no recall: neither is a score of 0', () => {
  // Right classes down, answers across: 3 of the first all right, 2 of the second taken for the third, nothing else.
  const counts = Uint32Array.of(3, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const figures = [
    { support: 3, precision: 1, recall: 1, f1: 1 },
    { support: 2, ...none },
    { support: 0, ...none },
    { support: 0, ...none },
  ];
  expect(shownFigures({ counts, figures })).toEqual([
    { support: 3, precision: 1, recall: 1, f1: 1 },
    { support: 2, precision: null, recall: 0, f1: 0 },
    { support: 0, precision: 0, recall: null, f1: 0 },
    { support: 0, precision: null, recall: null, f1: null },
  ]);
});
