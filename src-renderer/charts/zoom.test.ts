import { describe, expect, it } from 'vitest';
import { inside, panned, zoomed } from './zoom';

const whole = { min: 0, max: 100 };

describe('zoomed', () => {
  it('keeps the place under the pointer', () => {
    expect(zoomed(whole, 0.5, 20)).toEqual({ min: 10, max: 60 });
    expect(zoomed({ min: 10, max: 60 }, 2, 20)).toEqual(whole);
  });
});

describe('panned', () => {
  it('moves by a share of the width', () => expect(panned({ min: 10, max: 30 }, -0.25)).toEqual({ min: 5, max: 25 }));
});

describe('inside', () => {
  it('leaves a stretch within as it is', () =>
    expect(inside({ min: 10, max: 30 }, whole, 1)).toEqual({ min: 10, max: 30 }));
  it('moves one that reaches out back, at its width', () => {
    expect(inside({ min: -5, max: 15 }, whole, 1)).toEqual({ min: 0, max: 20 });
    expect(inside({ min: 95, max: 115 }, whole, 1)).toEqual({ min: 80, max: 100 });
  });
  it('is all of it where it is as wide', () => expect(inside({ min: -5, max: 200 }, whole, 1)).toBeNull());
  it('goes no further than the least width', () =>
    expect(inside({ min: 50, max: 50.5 }, whole, 2)).toEqual({ min: 49.25, max: 51.25 }));
});
