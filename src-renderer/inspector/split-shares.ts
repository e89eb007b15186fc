import type { SplitSpec } from '../../src-worker/api';

type Part = 'train' | 'dev' | 'test';

/** The least that is left to train on when another part takes more. */
const LEAST_TRAIN = 0.05;

/**
 * Sets one share and lets the others make way so that all three are 1 again: dev and test take from or give to training;
 * training takes from dev and test in proportion.
 */
export function withShare(split: SplitSpec, part: Part, share: number): SplitSpec {
  if (part === 'train') {
    const train = Math.max(LEAST_TRAIN, share);
    const others = split.dev + split.test;
    const dev = others > 0 ? round(((1 - train) * split.dev) / others) : round((1 - train) / 2);
    return { ...split, train, dev, test: round(1 - train - dev) };
  }
  const other: Part = part === 'dev' ? 'test' : 'dev';
  const wanted = Math.min(share, 1 - LEAST_TRAIN);
  const kept = Math.min(split[other], round(1 - LEAST_TRAIN - wanted));
  return { ...split, [part]: wanted, [other]: kept, train: round(1 - wanted - kept) };
}

/** Shares are shown, and saved, with at most four decimals. */
function round(share: number): number {
  return Math.round(Math.max(0, share) * 1e4) / 1e4;
}
