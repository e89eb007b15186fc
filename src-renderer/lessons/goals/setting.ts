import { formatCell } from '../../charts/format';
import { valueAt, withValueAt } from '../document-path';
import { holds, state, UNMET, type GoalBase, type GoalDefinition, type SettingValue } from './goal';

export interface SettingGoal extends GoalBase {
  readonly kind: 'setting';
  /** Of the document, such as `training.l2` or `network.layers[0].activation`. */
  readonly path: string;
  readonly compare: 'is' | 'is-not' | 'at-least' | 'at-most';
  readonly value: SettingValue;
}

/** A setting of the document has a value. */
export const setting: GoalDefinition<'setting', SettingGoal> = {
  kind: 'setting',
  label: 'A setting is chosen',
  summary: 'A setting of the experiment, by its path in the document, has a value.',
  fields: [
    { name: 'path', label: 'Path', type: 'text', default: 'network.layers[0].units' },
    {
      name: 'compare',
      label: 'Is',
      type: 'choice',
      default: 'is',
      options: [
        { value: 'is', label: 'exactly' },
        { value: 'is-not', label: 'not' },
        { value: 'at-least', label: 'at least' },
        { value: 'at-most', label: 'at most' },
      ],
    },
    { name: 'value', label: 'Value', type: 'value', default: 4 },
  ],

  check({ path, compare, value }, { document }) {
    const now = valueAt(document, path);
    if (now === undefined || typeof now === 'object') return UNMET;
    const words = `now ${typeof now === 'number' ? formatCell(now) : String(now)}`;
    if (compare === 'is') return state(now === value, words);
    if (compare === 'is-not') return state(now !== value, words);
    const comparable = typeof now === 'number' && typeof value === 'number';
    return state(comparable && holds(now, compare, value), words);
  },

  show({ say, path, compare, value }, _facts, hands) {
    if (compare !== 'is-not') hands.edit(shownLabel(say), (document) => withValueAt(document, path, value));
  },
};

/** As the undo button says it. */
function shownLabel(say: string): string {
  return `Show: ${say.replaceAll(/[*`$]/g, '')}`;
}
