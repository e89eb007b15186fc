import type { MetricKind, Part } from '../../../src-worker/api';
import { formatNumber, formatPercent } from '../../charts/format';
import { COMPARISONS, holds, state, UNMET, type Comparison, type GoalBase, type GoalDefinition } from './goal';

export interface MetricGoal extends GoalBase {
  readonly kind: 'metric';
  readonly metric: 'loss' | MetricKind;
  readonly part: Part;
  readonly compare: Comparison;
  readonly value: number;
  /** Epochs that must be behind the weights, so that untrained ones do not count. */
  readonly epochs: number;
}

const NUMBERS: readonly MetricGoal['metric'][] = ['loss', 'rmse', 'mae', 'r2', 'auc'];

/** A loss or metric of a part has come to a value. */
export const metric: GoalDefinition<'metric', MetricGoal> = {
  kind: 'metric',
  label: 'A metric is reached',
  summary: 'Loss, accuracy or another figure of the train, dev or test part comes to a value.',
  fields: [
    {
      name: 'metric',
      label: 'Metric',
      type: 'choice',
      default: 'accuracy',
      options: ['loss', 'accuracy', 'precision', 'recall', 'f1', 'auc', 'rmse', 'mae', 'r2'].map((value) => ({
        value,
        label: value,
      })),
    },
    {
      name: 'part',
      label: 'Part',
      type: 'choice',
      default: 'dev',
      options: ['train', 'dev', 'test'].map((value) => ({ value, label: value })),
    },
    { name: 'compare', label: 'Is', type: 'choice', default: 'at-least', options: COMPARISONS },
    { name: 'value', label: 'Value', type: 'number', default: 0.9 },
    { name: 'epochs', label: 'After epochs', type: 'number', default: 1, min: 0 },
  ],

  check({ metric: name, part, compare, value, epochs }, { run }) {
    const now = run.metrics[part]?.[name] ?? null;
    if (now === null) return UNMET;
    const format = NUMBERS.includes(name) ? formatNumber : formatPercent;
    const words = `${part} ${name} ${format(now)}, ${compare === 'at-least' ? 'at least' : 'at most'} ${format(value)}`;
    if (run.epoch < epochs) return state(false, epochs > 1 ? `${words}, from epoch ${epochs}` : words);
    const progress = compare === 'at-least' && value > 0 ? now / value : now > 0 ? value / now : null;
    return state(holds(now, compare, value), words, progress);
  },

  show: (_goal, _facts, hands) => hands.train(),
};
