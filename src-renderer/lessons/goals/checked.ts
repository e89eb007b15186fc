import type { BugKind, GradientCheckState } from '../../../src-worker/api';
import { state, UNMET, type GoalBase, type GoalDefinition } from './goal';

export interface CheckedGoal extends GoalBase {
  readonly kind: 'checked';
  /** `right`: every gradient is, without a bug. `caught`: a planted bug makes an array fail. */
  readonly found: 'right' | 'caught';
  /** Which bug; empty for any. */
  readonly bug: BugKind | '';
}

/** In the words of the Check view. */
export const BUG_LABELS: Readonly<Record<BugKind, string>> = {
  'lost-transpose': 'A lost transpose',
  'missing-mean': 'A missing 1/m',
  'wrong-sign': 'A wrong sign',
  'wrong-layer': 'g′ of the wrong layer',
  'missing-derivative': 'A forgotten g′',
  'derivative-twice': 'g′ of the output twice',
  'bias-not-summed': 'A bias gradient not summed',
  'forgotten-l2': 'A forgotten L2 term',
};

/** The arrays that the check found wrong. */
const wrongOf = ({ verdicts }: GradientCheckState): readonly string[] =>
  verdicts.filter(({ checked, passed }) => checked > 0 && !passed).map(({ name }) => name);

/** The student has the gradients of the network on the screen checked, or a bug planted and caught. */
export const checked: GoalDefinition<'checked', CheckedGoal> = {
  kind: 'checked',
  label: 'The gradients are checked',
  summary: 'The Check view found every gradient of this network right, or caught a bug that was planted.',
  fields: [
    {
      name: 'found',
      label: 'It found',
      type: 'choice',
      default: 'right',
      options: [
        { value: 'right', label: 'every gradient right' },
        { value: 'caught', label: 'a planted bug' },
      ],
    },
    {
      name: 'bug',
      label: 'Planted bug',
      type: 'choice',
      default: '',
      options: [{ value: '', label: 'any' }, ...Object.entries(BUG_LABELS).map(([value, label]) => ({ value, label }))],
    },
  ],

  check({ found, bug }, { check }) {
    if (check === null) return UNMET;
    const planted = check.request.bug;
    const wrong = wrongOf(check);
    if (found === 'right') {
      if (planted !== null) return state(false, 'A bug is planted.');
      return state(wrong.length === 0, wrong.length === 0 ? 'All right.' : `Wrong: ${wrong.join(', ')}.`);
    }
    if (planted === null) return state(false, 'No bug is planted.');
    if (bug !== '' && planted !== bug) return state(false, `Planted: ${BUG_LABELS[planted]}.`);
    return state(wrong.length > 0, wrong.length > 0 ? `Wrong: ${wrong.join(', ')}.` : 'It does no harm here.');
  },

  // The wrong sign harms every network.
  show: ({ found, bug }, _facts, hands) => hands.check(found === 'right' ? null : bug || 'wrong-sign'),
};
