import { formatPercent } from '../../charts/format';
import { COMPARISONS, holds, state, UNMET, type Comparison, type GoalBase, type GoalDefinition } from './goal';

export interface GapGoal extends GoalBase {
  readonly kind: 'gap';
  readonly part: 'dev' | 'test';
  readonly compare: Comparison;
  /** Train accuracy minus that of the part, as a share: 0.1 is ten points. */
  readonly value: number;
  readonly epochs: number;
}

/** How far train accuracy lies above that of unseen examples: CS229 notes, section 3.3, 96 % against 64 %. */
export const gap: GoalDefinition<'gap', GapGoal> = {
  kind: 'gap',
  label: 'Train and unseen examples differ',
  summary: 'Train accuracy minus dev or test accuracy comes to a value: a large gap is overfitting.',
  fields: [
    {
      name: 'part',
      label: 'Against',
      type: 'choice',
      default: 'dev',
      options: ['dev', 'test'].map((value) => ({ value, label: value })),
    },
    { name: 'compare', label: 'Is', type: 'choice', default: 'at-least', options: COMPARISONS },
    { name: 'value', label: 'Gap', type: 'number', default: 0.1, min: -1, max: 1 },
    { name: 'epochs', label: 'After epochs', type: 'number', default: 1, min: 0 },
  ],

  check({ part, compare, value, epochs }, { run }) {
    const train = run.metrics.train?.accuracy ?? null;
    const unseen = run.metrics[part]?.accuracy ?? null;
    if (train === null || unseen === null) return UNMET;
    const words = `train ${formatPercent(train)}, ${part} ${formatPercent(unseen)}: apart by ${formatPercent(train - unseen)}`;
    return state(run.epoch >= epochs && holds(train - unseen, compare, value), words);
  },

  show: (_goal, _facts, hands) => hands.train(),
};
