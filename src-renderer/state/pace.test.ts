import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src-worker/api';
import { nextBudget, within } from './pace';

const at = (epochs: number, batchInEpoch = 0) => ({ epochs, batchesPerEpoch: 20, batchInEpoch }) as Progress;

describe('nextBudget', () => {
  it('shows every epoch of a run that is over soon', () => {
    expect(nextBudget('watch', at(60), 0.01, false)).toEqual({ steps: 20 });
    expect(nextBudget('watch', at(60, 15), 0.01, false)).toEqual({ steps: 5 });
  });

  it('shows a longer run of quick epochs in sixty pictures, each at the end of an epoch', () => {
    expect(nextBudget('watch', at(120), 0.01, false)).toEqual({ steps: 40 });
    expect(nextBudget('watch', at(600, 15), 0.01, false)).toEqual({ steps: 5 + 9 * 20 });
  });

  it('takes no more epochs for a picture than come in time', () => {
    expect(nextBudget('watch', at(1_000), 0.1, false)).toEqual({ steps: 5 * 20 });
    expect(nextBudget('watch', at(1_000), 1, false)).toEqual({ steps: 20 });
  });

  it('shows a long epoch in slices, and measures before it counts', () => {
    expect(nextBudget('watch', at(1_000), 3, false)).toEqual({ ms: 40 });
    expect(nextBudget('watch', at(1_000), null, false)).toEqual({ ms: 10 });
    expect(nextBudget('full-speed', at(1_000), 0.01, false)).toEqual({ ms: 15 });
    expect(nextBudget('full-speed', at(1_000), 0.01, true)).toEqual({ ms: 40 });
  });
});

describe('within', () => {
  it('ends where it should', () => {
    expect(within({ ms: 50 }, 7, 10)).toEqual({ steps: 5 });
    expect(within({ steps: 40 }, 7, null)).toEqual({ steps: 7 });
    expect(within({ ms: 50 }, Infinity, 10)).toEqual({ ms: 50 });
  });
});
