import { describe, expect, it } from 'vitest';
import { nearestIndex, spreadIndices } from './sampling';

describe('nearestIndex', () => {
  it.each([
    [-3, 0],
    [0.9, 0],
    [2.1, 1],
    [7, 2],
    [99, 3],
  ])('of %s is %s', (x, index) => expect(nearestIndex([0, 2, 6, 10], x)).toBe(index));

  it('is −1 in an empty list', () => expect(nearestIndex([], 1)).toBe(-1));
});

describe('spreadIndices', () => {
  it('keeps a short list whole', () => expect(spreadIndices(3, 5)).toEqual([0, 1, 2]));

  it('spreads over a long one, both ends included', () => expect(spreadIndices(101, 5)).toEqual([0, 25, 50, 75, 100]));
});
