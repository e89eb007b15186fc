import type { Random } from '../random';

/** Indices into the rows that were split, each part in rising order. */
export interface Split {
  readonly train: Uint32Array;
  readonly dev: Uint32Array;
  readonly test: Uint32Array;
}

export interface Shares {
  readonly train: number;
  readonly dev: number;
  readonly test: number;
}

const parts = ['train', 'dev', 'test'] as const;

/**
 * Deals rows 0 … count − 1 into three parts at random, by the given shares.
 *
 * Within each group (a class, when stratified) a part gets its share rounded down or up, and the rounding is carried over
 * from group to group so that the whole parts keep their shares too. A group with too few rows for every part comes
 * into the training part first: what a network never saw it cannot learn.
 *
 * @param groupOf the group of each row, counted from 0; null deals all rows as one
 */
export function splitRows(count: number, groupOf: Int32Array | null, shares: Shares, random: Random): Split {
  const total = shares.train + shares.dev + shares.test;
  const fractions = parts.map((part) => shares[part] / total);
  const partOf = new Uint8Array(count);
  const owed = [0, 0, 0];
  for (const rows of groups(count, groupOf)) {
    const sizes = divide(rows.length, fractions, owed);
    const order = random.permutation(rows.length);
    let next = 0;
    sizes.forEach((size, part) => {
      for (let k = 0; k < size; k++) partOf[rows[order[next++]!]!] = part;
    });
  }
  const [train, dev, test] = parts.map((_, part) => rowsOf(partOf, part));
  return { train: train!, dev: dev!, test: test! };
}

/**
 * Cuts rows, given in their order, into the first for training, the next for dev and the last for the test. Shares are rounded as in
 * {@link splitRows}; every part that has a share gets a row while there are enough.
 */
export function divideInOrder(rows: readonly number[], shares: Shares): Split {
  const total = shares.train + shares.dev + shares.test;
  const sizes = divide(
    rows.length,
    parts.map((part) => shares[part] / total),
    [0, 0, 0],
  );
  const ends = [sizes[0]!, sizes[0]! + sizes[1]!];
  const cut = (from: number, to: number): Uint32Array => Uint32Array.from(rows.slice(from, to)).sort();
  return { train: cut(0, ends[0]!), dev: cut(ends[0]!, ends[1]!), test: cut(ends[1]!, rows.length) };
}

/**
 * k-fold: deals the rows beside the test part into `folds` of the same size, to within one row; `fold`, from 1, is the dev part and the
 * others train. The test part and the folds are the same for every `fold`, so that the k runs of an evaluation cover each row once.
 * Within a group, folds differ by at most one row too.
 */
export function splitFolds(
  count: number,
  groupOf: Int32Array | null,
  { test, folds, fold }: { readonly test: number; readonly folds: number; readonly fold: number },
  random: Random,
): Split {
  const apart = splitRows(count, groupOf, { train: 1 - test, dev: 0, test }, random);
  const others = groupOf === null ? null : Int32Array.from(apart.train, (row) => groupOf[row]!);
  const inDev = new Uint8Array(count);
  let dealt = 0;
  for (const members of groups(apart.train.length, others)) {
    for (const place of random.permutation(members.length)) {
      if (dealt++ % folds === fold - 1) inDev[apart.train[members[place]!]!] = 1;
    }
  }
  return {
    train: apart.train.filter((row) => inDev[row] === 0),
    dev: apart.train.filter((row) => inDev[row] === 1),
    test: apart.test,
  };
}

/** The rows of each group that has any, in rising order. */
function groups(count: number, groupOf: Int32Array | null): Uint32Array[] {
  if (groupOf === null) {
    const all = new Uint32Array(count);
    for (let row = 0; row < count; row++) all[row] = row;
    return count === 0 ? [] : [all];
  }
  const sizes: number[] = [];
  for (let row = 0; row < count; row++) sizes[groupOf[row]!] = (sizes[groupOf[row]!] ?? 0) + 1;
  // Groups without rows leave gaps in the list.
  const lists = Array.from(sizes, (size) => new Uint32Array(size ?? 0));
  const filled = new Uint32Array(lists.length);
  for (let row = 0; row < count; row++) {
    const group = groupOf[row]!;
    lists[group]![filled[group]!++] = row;
  }
  return lists.filter(({ length }) => length > 0);
}

/** How many of n rows go into each part. `owed` is what earlier groups left each part short of, and is carried on. */
function divide(n: number, fractions: readonly number[], owed: number[]): number[] {
  const quotas = fractions.map((fraction) => n * fraction);
  // 0.15 · 100 is 15.000000000000002 or 14.999999999999998 depending on the shares.
  const sizes = quotas.map((quota) => Math.floor(quota + 1e-9));
  const left = n - sizes.reduce((sum, size) => sum + size, 0);
  const wants = quotas.map((quota, part) => ({
    part,
    fraction: quota - sizes[part]!,
    want: quota - sizes[part]! + owed[part]!,
  }));
  wants
    .filter(({ fraction }) => fraction > 1e-9)
    .sort((a, b) => b.want - a.want || a.part - b.part)
    .slice(0, left)
    .forEach(({ part }) => sizes[part]!++);
  if (sizes[0] === 0 && fractions[0]! > 0) {
    const giver = sizes[1]! >= sizes[2]! ? 1 : 2;
    sizes[giver]!--;
    sizes[0]++;
  }
  quotas.forEach((quota, part) => (owed[part]! += quota - sizes[part]!));
  return sizes;
}

function rowsOf(partOf: Uint8Array, part: number): Uint32Array {
  const rows = new Uint32Array(partOf.length);
  let count = 0;
  for (let row = 0; row < partOf.length; row++) if (partOf[row] === part) rows[count++] = row;
  return rows.slice(0, count);
}
