import type { SplitMethod, SplitSpec } from './document';
import { splitFields } from './fields';
import { describeValue, pathTo, type Findings } from './findings';
import { readBoolean, readChoice, readNumber, readObject, type ReadObject } from './read';

const keys = ['method', 'train', 'dev', 'test', 'stratify', 'seed', 'column', 'folds', 'fold'] as const;

/**
 * Shares that are left out are filled so that the three make 1: dev and test share what `train` leaves, and `train` takes
 * what dev and test leave. Without any it is 0.7, 0.15, 0.15.
 */
export function readSplit(value: unknown, path: string, findings: Findings): SplitSpec {
  const split = readObject(value, path, keys, findings);
  const given = (name: 'train' | 'dev' | 'test'): number | null =>
    split.get(name) === undefined ? null : readNumber(split.get(name), pathTo(path, name), splitFields[name], findings);
  const [train, dev, test] = fillShares(given('train'), given('dev'), given('test'));
  const sum = train + dev + test;
  if (Math.abs(sum - 1) > 1e-6 || !(train > 0)) {
    findings.add(
      'split',
      path,
      `The shares of ${path} are ${train}, ${dev} and ${test}, which ${train > 0 ? `make ${round(sum)}, not 1` : 'leave nothing to train on'}.`,
      'Write shares that make 1 together, such as 0.7, 0.15 and 0.15.',
    );
  }
  const method = readChoice(split.get('method'), pathTo(path, 'method'), splitFields.method, findings) as SplitMethod;
  return {
    method,
    train,
    dev,
    test,
    stratify: readBoolean(split.get('stratify'), pathTo(path, 'stratify'), true, findings),
    seed: readNumber(split.get('seed'), pathTo(path, 'seed'), splitFields.seed, findings),
    column: readColumn(split, method, findings),
    ...readFolds(split, findings),
  };
}

function readColumn(split: ReadObject, method: SplitMethod, findings: Findings): string | null {
  const column = split.get('column') ?? null;
  const path = pathTo(split.path, 'column');
  if (column !== null && typeof column !== 'string') {
    findings.add(
      'split-column',
      path,
      `${path} must be the name of a column, but is ${describeValue(column)}.`,
      'Write the name as it stands in the header, or leave it out.',
    );
    return null;
  }
  if (column === null && method === 'column') {
    findings.add(
      'split-column',
      path,
      `${path} is missing: a split by a column needs its name.`,
      'Name the column whose values say train, dev or test, or choose another method.',
    );
  }
  return column;
}

function readFolds(split: ReadObject, findings: Findings): { folds: number; fold: number } {
  const read = (name: 'folds' | 'fold'): number =>
    readNumber(split.get(name), pathTo(split.path, name), splitFields[name], findings);
  const [folds, fold] = [read('folds'), read('fold')];
  if (fold > folds) {
    const path = pathTo(split.path, 'fold');
    findings.add(
      'fold',
      path,
      `${path} is ${fold}, but there are ${folds} folds.`,
      `Write a number from 1 to ${folds}.`,
    );
  }
  return { folds, fold };
}

function fillShares(train: number | null, dev: number | null, test: number | null): [number, number, number] {
  if (train === null) {
    const devShare = dev ?? splitFields.dev.default;
    const testShare = test ?? splitFields.test.default;
    return [rest(devShare, testShare), devShare, testShare];
  }
  if (dev === null && test === null) return [train, rest(train) / 2, rest(train) / 2];
  if (dev === null) return [train, rest(train, test ?? 0), test ?? 0];
  return [train, dev, test ?? rest(train, dev)];
}

/** What the other shares leave of 1; nothing where they are too large already. */
function rest(...shares: readonly number[]): number {
  return Math.max(0, round(1 - shares.reduce((sum, share) => sum + share, 0)));
}

/** 1 − 0.7 − 0.15 is 0.15000000000000002 in floating point; a person wrote and wants 0.15. */
function round(share: number): number {
  return Math.round(share * 1e9) / 1e9;
}
