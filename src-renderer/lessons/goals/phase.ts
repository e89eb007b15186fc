import { state, type GoalBase, type GoalDefinition } from './goal';

export interface PhaseGoal extends GoalBase {
  readonly kind: 'phase';
  readonly phase: 'finished' | 'diverged';
}

const WORDS = { finished: 'finished', diverged: 'diverged: the loss is no number any more' } as const;

/** The run came to its end, or diverged. */
export const phase: GoalDefinition<'phase', PhaseGoal> = {
  kind: 'phase',
  label: 'The run ended',
  summary: 'The run has done all its epochs, or its loss stopped being a number.',
  fields: [
    {
      name: 'phase',
      label: 'It',
      type: 'choice',
      default: 'finished',
      options: [
        { value: 'finished', label: 'finished' },
        { value: 'diverged', label: 'diverged' },
      ],
    },
  ],
  check: (goal, { run }) =>
    state(run.phase === goal.phase, run.phase === 'finished' || run.phase === 'diverged' ? WORDS[run.phase] : ''),
  show: (_goal, _facts, hands) => hands.train(),
};
