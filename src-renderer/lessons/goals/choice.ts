import { state, UNMET, type GoalBase, type GoalDefinition } from './goal';

export interface ChoiceGoal extends GoalBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  /** Which of them, from 1. */
  readonly right: number;
}

/** A question with a few answers, one of them right. */
export const choice: GoalDefinition<'choice', ChoiceGoal> = {
  kind: 'choice',
  label: 'A question is answered',
  summary: 'The student chooses one of a few answers.',
  answer: 'choice',
  fields: [
    { name: 'choices', label: 'Answers, one a line', type: 'texts', default: ['Yes', 'No'] },
    { name: 'right', label: 'Number of the right one', type: 'number', default: 1, min: 1 },
  ],

  check({ choices, right }, _facts, answer) {
    if (answer === '') return UNMET;
    const met = answer === choices[right - 1];
    return state(met, met ? 'Right.' : 'Not that one.');
  },

  show: ({ choices, right }, _facts, hands) => hands.answer(choices[right - 1] ?? ''),
};
