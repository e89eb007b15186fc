import { describe, expect, test, vi } from 'vitest';
import type { BugKind, GradientCheckState, GradientVerdict } from '../../../src-worker/api';
import { bugs } from '../../../src-worker/insight/gradient-check/bugs';
import type { LessonFacts } from '../facts';
import { BUG_LABELS, checked, type CheckedGoal } from './checked';
import type { Hands } from './goal';

const goal = (found: CheckedGoal['found'], bug: CheckedGoal['bug'] = ''): CheckedGoal => ({
  ...{ kind: 'checked', say: 'x', hint: '', found, bug },
});

/** What a check found, with `wrong` among the arrays W1, b1 and W2. */
function facts(bug: BugKind | null, wrong: readonly string[], unchecked: readonly string[] = []): LessonFacts {
  const verdicts = ['W1', 'b1', 'W2'].map((name) => ({
    ...{ name, checked: unchecked.includes(name) ? 0 : 4, passed: !wrong.includes(name) && !unchecked.includes(name) },
  }));
  const check: Partial<GradientCheckState> = {
    verdicts: verdicts as unknown as readonly GradientVerdict[],
    request: { examples: 1, entries: 4, step: 1e-5, bug },
  };
  return { check } as LessonFacts;
}

const met = (asked: CheckedGoal, seen: LessonFacts) => checked.check(asked, seen, '').met;

describe('the gradients are checked', () => {
  test('not before a check of this network is through', () => {
    expect(met(goal('right'), { check: null } as LessonFacts)).toBe(false);
    expect(met(goal('caught'), { check: null } as LessonFacts)).toBe(false);
  });

  test('right: every array that could be checked is, and no bug is planted', () => {
    expect(met(goal('right'), facts(null, []))).toBe(true);
    expect(met(goal('right'), facts(null, [], ['b1']))).toBe(true);
    expect(met(goal('right'), facts(null, ['W2']))).toBe(false);
    expect(met(goal('right'), facts('lost-transpose', []))).toBe(false);
  });

  test('caught: the bug that was asked for, or any, and something fails', () => {
    expect(met(goal('caught'), facts('wrong-sign', ['W1', 'b1']))).toBe(true);
    expect(met(goal('caught', 'wrong-sign'), facts('wrong-sign', ['W1']))).toBe(true);
    expect(met(goal('caught', 'missing-mean'), facts('wrong-sign', ['W1']))).toBe(false);
    expect(met(goal('caught'), facts('lost-transpose', []))).toBe(false);
    expect(met(goal('caught'), facts(null, ['W1']))).toBe(false);
  });

  test('to show it is to have it checked', () => {
    const check = vi.fn();
    for (const each of [goal('right'), goal('caught'), goal('caught', 'missing-mean')])
      checked.show?.(each, facts(null, []), { check } as unknown as Hands);
    expect(check.mock.calls).toEqual([[null], ['wrong-sign'], ['missing-mean']]);
  });

  test('calls the bugs as the Check view does', () => {
    expect(BUG_LABELS).toEqual(Object.fromEntries(Object.values(bugs).map(({ kind, label }) => [kind, label])));
  });
});
