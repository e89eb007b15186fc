import type { NamedTensor } from '../../../src-worker/api';
import { state, UNMET, type GoalBase, type GoalDefinition } from './goal';

export interface UnitsGoal extends GoalBase {
  readonly kind: 'units';
  /** `W1`: the weights of layer 1, a row for each unit. */
  readonly array: string;
  readonly are: 'zero' | 'equal' | 'different';
  /** Epochs that must be behind the weights. */
  readonly epochs: number;
}

/** Rows of a weight matrix are all zero, all alike, or not all alike: the symmetry of CS229 notes, section 3.1. */
export const units: GoalDefinition<'units', UnitsGoal> = {
  kind: 'units',
  label: 'Units are alike or not',
  summary: 'The weights of the units of a layer are zero, equal to each other, or different.',
  needs: 'weights',
  fields: [
    { name: 'array', label: 'Weights', type: 'text', default: 'W1' },
    {
      name: 'are',
      label: 'Are',
      type: 'choice',
      default: 'equal',
      options: [
        { value: 'zero', label: 'all zero' },
        { value: 'equal', label: 'equal, but not zero' },
        { value: 'different', label: 'different' },
      ],
    },
    { name: 'epochs', label: 'After epochs', type: 'number', default: 0, min: 0 },
  ],

  check({ array, are, epochs }, { weights, run }) {
    const tensor = weights?.get(array);
    if (tensor === undefined) return UNMET;
    const standing = standingOf(tensor);
    const words = `${array}: ${WORDS[standing]}`;
    return state(standing === are && run.epoch >= epochs, words);
  },
};

const WORDS = { zero: 'all zero', equal: 'every unit has the same weights', different: 'units differ' } as const;

function standingOf({ shape, values }: NamedTensor): UnitsGoal['are'] {
  const width = values.length / (shape[0] ?? 1);
  if (values.every((value) => value === 0)) return 'zero';
  return values.every((value, index) => value === values[index % width]) ? 'equal' : 'different';
}
