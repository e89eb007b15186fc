import { expect, test } from 'vitest';
import { withLook } from './look-history';

const look = (step: number, mark = 0) => ({ step, epoch: step / 10, costMs: 1, mark });
const steps = (looks: readonly { readonly step: number }[]): number[] => looks.map(({ step }) => step);

test('a look comes behind the others, one at the same step in the place of the earlier', () => {
  const looks = [1, 5, 9].reduce<readonly ReturnType<typeof look>[]>((all, step) => withLook(all, look(step)), []);
  expect(steps(looks)).toEqual([1, 5, 9]);
  expect(withLook(looks, look(9, 1)).at(-1)).toEqual(look(9, 1));
});

test('a run that went back loses what was seen behind', () => {
  const looks = [look(1), look(5), look(9)];
  expect(steps(withLook(looks, look(6)))).toEqual([1, 5, 6]);
  expect(steps(withLook(looks, look(0)))).toEqual([0]);
});

test('a long one keeps its first and its last, and never more than there is room for', () => {
  let looks: readonly ReturnType<typeof look>[] = [];
  for (let step = 0; step < 1000; step++) {
    looks = withLook(looks, look(step), 20);
    expect(looks.length).toBeLessThanOrEqual(20);
  }
  expect(looks[0]!.step).toBe(0);
  expect(looks.at(-1)!.step).toBe(999);
});
