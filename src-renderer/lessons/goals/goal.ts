import type { BugKind, Experiment } from '../../../src-worker/api';
import type { GoalState, LessonFacts } from '../facts';

/** What every goal has, whatever it checks. */
export interface GoalBase {
  /** What to reach, as the student reads it: one sentence, with the marks of a line. */
  readonly say: string;
  /** A nudge for who is stuck; may be empty. */
  readonly hint: string;
}

/** A setting of a goal: the author's form, the defaults and the check of a file are drawn from it. */
export type GoalField = {
  readonly name: string;
  readonly label: string;
} & (
  | { readonly type: 'text'; readonly default: string }
  | { readonly type: 'number'; readonly default: number; readonly min?: number; readonly max?: number }
  | {
      readonly type: 'choice';
      readonly default: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    }
  /** A value of the document: a number, a word, true or false. */
  | { readonly type: 'value'; readonly default: SettingValue }
  | { readonly type: 'texts'; readonly default: readonly string[] }
);

export type SettingValue = string | number | boolean;

/** What a goal can do for a student who asks to be shown. Every edit is a step of undo. */
export interface Hands {
  edit(label: string, change: (document: Experiment) => Experiment): void;
  openView(view: string): void;
  train(): void;
  undo(): void;
  /** Has the gradients checked, with a bug planted or none. */
  check(bug: BugKind | null): void;
  /** Puts an answer into the goal's own field. */
  answer(text: string): void;
}

/** A kind of goal. `check` is a pure function of the facts; what it needs of the worker is asked for only while such a goal is open. */
export interface GoalDefinition<K extends string = string, G extends GoalBase = GoalBase> {
  readonly kind: K;
  /** In the author's menu. */
  readonly label: string;
  readonly summary: string;
  readonly fields: readonly GoalField[];
  /** Names in `needs` are fetched while training stands still. */
  readonly needs?: 'weights' | 'trace' | 'timing';
  /** How the student answers, where the goal is a question. */
  readonly answer?: 'number' | 'choice';
  /** @param answer what the student typed or chose; empty before */
  check(goal: G, facts: LessonFacts, answer: string): GoalState;
  /** Absent where nothing but the student's own thought leads there. */
  show?(goal: G, facts: LessonFacts, hands: Hands): void;
}

export const UNMET: GoalState = { met: false, progress: null, words: '' };

export const state = (met: boolean, words = '', progress: number | null = null): GoalState => ({
  met,
  words,
  progress: progress === null ? null : Math.min(1, Math.max(0, progress)),
});

export const COMPARISONS = [
  { value: 'at-least', label: 'at least' },
  { value: 'at-most', label: 'at most' },
] as const;
export type Comparison = (typeof COMPARISONS)[number]['value'];

export function holds(value: number, compare: Comparison, limit: number): boolean {
  return compare === 'at-least' ? value >= limit : value <= limit;
}

/** A number as a student types it: `0,5`, `1e-3`, `−2` and `1,024` count. Null where it is none. */
export function typedNumber(text: string): number | null {
  const plain = text
    .trim()
    .replaceAll('−', '-')
    .replaceAll(/[\s\u202f]/g, '');
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  const value = Number(grouped);
  return grouped === '' || !Number.isFinite(value) ? null : value;
}

/** The state of a question whose answer is a number. */
export function judgeNumber(answer: string, right: number | null, tolerance: number): GoalState {
  if (answer.trim() === '') return UNMET;
  const typed = typedNumber(answer);
  if (typed === null) return state(false, 'That is not a number.');
  if (right === null) return state(false, 'The network does not say yet.');
  // A hair more than the tolerance, because 0.3 − 0.1 is not 0.2 in binary.
  return Math.abs(typed - right) <= tolerance * (1 + 1e-9) ? state(true, 'Right.') : state(false, 'Not yet.');
}
