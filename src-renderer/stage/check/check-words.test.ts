import { expect, test } from 'vitest';
import type { BugChoice, GradientCheckState, GradientVerdict } from '../../../src-worker/api';
import { checkedWords, entryName, formatPower, judge, listed, summarize } from './check-words';

const verdict = (changes: Partial<GradientVerdict> = {}): GradientVerdict => ({
  ...{ name: 'W2', shape: [3, 4], error: 2e-9, index: 6, numeric: 0.1, analytic: 0.1 },
  ...{ size: 12, checked: 12, atKink: 0, passed: true, ...changes },
});

const state = (verdicts: readonly GradientVerdict[], step = 1e-5): GradientCheckState => ({
  ...{ status: 'done', done: 1, total: 1, verdicts, curve: null, trainingStep: 0, epoch: 0, limit: 1e-6, ms: 0 },
  request: { examples: 4, entries: 50, step, bug: null },
});

const bug: BugChoice = {
  ...{ kind: 'wrong-sign', label: 'A wrong sign', summary: '', right: '', wrong: '' },
  ...{ needs: 'It needs a trained layer.', hits: ['W1', 'b1'] },
};

test('an entry is named by its row and column from 1, a bias by its unit', () => {
  expect(entryName(verdict())).toBe('W2[2, 3]');
  expect(entryName(verdict({ name: 'b2', shape: [3], index: 0 }))).toBe('b2[1]');
  expect(entryName(verdict({ index: -1 }))).toBe('–');
});

test('a sample is said to be one', () => {
  expect(checkedWords(verdict())).toBe('12');
  expect(checkedWords(verdict({ size: 2560, checked: 48, atKink: 2 }))).toBe('50 of 2,560');
});

test('nothing checked is neither right nor wrong', () => {
  expect(judge(verdict({ checked: 0, passed: false }))).toBe('not checked');
  expect(judge(verdict({ passed: false }))).toBe('wrong');
});

test('the sentence says what was found, whose fault it is, and what a planted bug did', () => {
  const wrong = verdict({ passed: false, error: 0.5 });
  expect(summarize(state([verdict()]), null)).toBe('Every gradient is right.');
  expect(summarize(state([wrong]), null)).toBe('W2 is wrong.');
  expect(summarize(state([wrong], 1e-2), null)).toContain('h is too large');
  expect(summarize(state([wrong], 1e-11), null)).toContain('h is too small');
  expect(summarize(state([verdict({ name: 'W1', passed: false }), wrong]), bug)).toBe('Caught: W1 and W2 fail.');
  expect(summarize(state([verdict()]), bug)).toContain('Not caught');
  expect(summarize(state([verdict()]), { ...bug, hits: [] })).toContain('does no harm');
});

test('numbers as by hand', () => {
  expect(formatPower(1e-5)).toBe('1e−5');
  expect(formatPower(NaN)).toBe('–');
  expect(listed(['W1', 'b1', 'W2'])).toBe('W1, b1 and W2');
});
