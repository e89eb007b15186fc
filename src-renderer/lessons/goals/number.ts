import { judgeNumber, type GoalBase, type GoalDefinition } from './goal';

export interface NumberGoal extends GoalBase {
  readonly kind: 'number';
  readonly value: number;
  readonly tolerance: number;
}

/** A question whose answer is a number that the author knows. */
export const number: GoalDefinition<'number', NumberGoal> = {
  kind: 'number',
  label: 'A number is answered',
  summary: 'The student types a number that you give here.',
  answer: 'number',
  fields: [
    { name: 'value', label: 'Right answer', type: 'number', default: 0.5 },
    { name: 'tolerance', label: 'May differ by', type: 'number', default: 0.005, min: 0 },
  ],
  check: ({ value, tolerance }, _facts, answer) => judgeNumber(answer, value, tolerance),
  show: ({ value }, _facts, hands) => hands.answer(String(value)),
};
