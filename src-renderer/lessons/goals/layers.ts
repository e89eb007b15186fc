import { formatPlural } from '../../charts/format';
import { COMPARISONS, holds, state, type Comparison, type GoalBase, type GoalDefinition } from './goal';

export interface LayersGoal extends GoalBase {
  readonly kind: 'layers';
  /** A kind of layer, or `any`. */
  readonly layer: string;
  readonly compare: Comparison;
  readonly count: number;
}

/** The network has so many layers of a kind; those that are switched off do not count. */
export const layers: GoalDefinition<'layers', LayersGoal> = {
  kind: 'layers',
  label: 'The network has layers',
  summary: 'So many layers of a kind, or of any kind, are in the network.',
  fields: [
    {
      name: 'layer',
      label: 'Layer',
      type: 'choice',
      default: 'any',
      options: ['any', 'dense', 'conv2d', 'max-pool2d', 'avg-pool2d', 'flatten', 'dropout', 'batch-norm'].map(
        (value) => ({ value, label: value }),
      ),
    },
    { name: 'compare', label: 'Is', type: 'choice', default: 'at-least', options: COMPARISONS },
    { name: 'count', label: 'Layers', type: 'number', default: 2, min: 0 },
  ],

  check({ layer, compare, count }, { document }) {
    const there = document.network.layers.filter(
      ({ kind, enabled }) => enabled !== false && (layer === 'any' || kind === layer),
    ).length;
    return state(holds(there, compare, count), `now ${formatPlural(there, 'layer')}`);
  },
};
