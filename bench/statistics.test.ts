import { describe, expect, it } from 'vitest';
import { compareSpeeds, median, speedOf } from './statistics';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('refuses no values', () => {
    expect(() => median([])).toThrow('no median');
  });

  it('leaves its argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('speedOf', () => {
  it('turns seconds into steps per second: the shortest repeat is the best', () => {
    expect(speedOf(10, [2, 1, 5])).toEqual({ median: 5, best: 10, worst: 2, samples: [5, 10, 2] });
  });
});

describe('compareSpeeds', () => {
  const speed = (worst: number, middle: number, best: number) => speedOf(1, [1 / worst, 1 / middle, 1 / best]);

  it('divides our median by theirs', () => {
    expect(compareSpeeds(speed(90, 100, 110), speed(18, 20, 22)).ratio).toBeCloseTo(5, 12);
  });

  it('is certain only where the spreads do not overlap, whoever is faster', () => {
    expect(compareSpeeds(speed(90, 100, 110), speed(60, 70, 80)).certain).toBe(true);
    expect(compareSpeeds(speed(60, 70, 80), speed(90, 100, 110)).certain).toBe(true);
    expect(compareSpeeds(speed(90, 100, 110), speed(60, 70, 95)).certain).toBe(false);
    expect(compareSpeeds(speed(60, 70, 95), speed(90, 100, 110)).certain).toBe(false);
  });
});
