import { expect, it } from 'vitest';
import type { SplitSpec } from '../../src-worker/api';
import { withShare } from './split-shares';

const split: SplitSpec = {
  method: 'shares',
  train: 0.7,
  dev: 0.15,
  test: 0.15,
  stratify: true,
  seed: 1,
  column: null,
  folds: 5,
  fold: 1,
};

it('takes a larger dev part from training', () => {
  expect(withShare(split, 'dev', 0.25)).toMatchObject({ train: 0.6, dev: 0.25, test: 0.15 });
});

it('divides what training leaves in proportion', () => {
  expect(withShare({ ...split, dev: 0.1, test: 0.2 }, 'train', 0.4)).toMatchObject({ dev: 0.2, test: 0.4 });
  expect(withShare({ ...split, train: 1, dev: 0, test: 0 }, 'train', 0.5)).toMatchObject({ dev: 0.25, test: 0.25 });
});

it('always leaves something to train on', () => {
  expect(withShare(split, 'dev', 1)).toMatchObject({ train: 0.05, dev: 0.95, test: 0 });
});

it.each(['train', 'dev', 'test'] as const)('keeps the sum at 1 whatever %s is set to', (part) => {
  for (let share = 0; share <= 1; share += 0.01) {
    const next = withShare(split, part, share);
    expect(next.train + next.dev + next.test).toBeCloseTo(1, 9);
    expect(Math.min(next.dev, next.test)).toBeGreaterThanOrEqual(0);
    expect(next.train).toBeGreaterThan(0);
  }
});
