import type { LessonFacts } from '../facts';
import { judgeNumber, type GoalBase, type GoalDefinition } from './goal';

export interface TracedGoal extends GoalBase {
  readonly kind: 'traced';
  /** A name of `layerlab trace`: `z1`, `a1`, `delta2`, `dW1`, `yHat`, `loss`. */
  readonly tensor: string;
  /** Which of its numbers, from 0 and in the order of memory. */
  readonly index: number;
  /** Which example of the training part, from 0. */
  readonly example: number;
  readonly tolerance: number;
}

function right({ tensor, index }: TracedGoal, { trace }: LessonFacts): number | null {
  return trace?.tensors.find(({ name }) => name === tensor)?.values[index] ?? null;
}

/** The student works out, or reads off, a number of one training step; the app knows it from the trace. */
export const traced: GoalDefinition<'traced', TracedGoal> = {
  kind: 'traced',
  label: 'A number of a step is found',
  summary:
    'The student types a number of forward or backward propagation on one training example, at the present weights.',
  answer: 'number',
  needs: 'trace',
  fields: [
    { name: 'tensor', label: 'Number', type: 'text', default: 'delta1' },
    { name: 'index', label: 'Entry, from 0', type: 'number', default: 0, min: 0 },
    { name: 'example', label: 'Training example, from 0', type: 'number', default: 0, min: 0 },
    { name: 'tolerance', label: 'May differ by', type: 'number', default: 0.005, min: 0 },
  ],
  check: (goal, facts, answer) => judgeNumber(answer, right(goal, facts), goal.tolerance),
  show(goal, facts, hands) {
    const value = right(goal, facts);
    if (value !== null) hands.answer(value.toPrecision(4));
  },
};
