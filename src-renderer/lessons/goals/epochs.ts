import { formatCount } from '../../charts/format';
import { state, type GoalBase, type GoalDefinition } from './goal';

export interface EpochsGoal extends GoalBase {
  readonly kind: 'epochs';
  readonly epochs: number;
}

/** The network was trained for so many epochs. */
export const epochs: GoalDefinition<'epochs', EpochsGoal> = {
  kind: 'epochs',
  label: 'Trained for a while',
  summary: 'The run on the screen has so many epochs behind it.',
  fields: [{ name: 'epochs', label: 'Epochs', type: 'number', default: 50, min: 1 }],
  check: ({ epochs: wanted }, { run }) =>
    state(run.epoch >= wanted, `epoch ${formatCount(run.epoch)} of ${formatCount(wanted)}`, run.epoch / wanted),
  show: (_goal, _facts, hands) => hands.train(),
};
