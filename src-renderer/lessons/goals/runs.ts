import { sameValue } from '../../../src-worker/experiment/same-value';
import type { RunRecord } from '../../state/run-record';
import { valueAt } from '../document-path';
import { state, type GoalBase, type GoalDefinition } from './goal';

export interface RunsGoal extends GoalBase {
  readonly kind: 'runs';
  readonly count: number;
  /** The setting in which they differ, such as `training.optimizer.kind`. */
  readonly path: string;
  readonly epochs: number;
  /** `overlaid`: their curves must lie over those of the present run. */
  readonly compared: 'listed' | 'overlaid';
}

/** Runs from one start that differ in a setting: the same data, network and seed. */
export const runs: GoalDefinition<'runs', RunsGoal> = {
  kind: 'runs',
  label: 'Runs are compared',
  summary: 'So many runs from the same start, each with another value of a setting, stand beside each other.',
  fields: [
    { name: 'count', label: 'Runs', type: 'number', default: 2, min: 1 },
    { name: 'path', label: 'Differ in', type: 'text', default: 'training.optimizer.kind' },
    { name: 'epochs', label: 'Epochs of each', type: 'number', default: 10, min: 1 },
    {
      name: 'compared',
      label: 'Are',
      type: 'choice',
      default: 'listed',
      options: [
        { value: 'listed', label: 'in the list of runs' },
        { value: 'overlaid', label: 'overlaid on the curves' },
      ],
    },
  ],

  check({ count, path, epochs, compared }, facts) {
    const fits = (run: RunRecord) =>
      run.epoch >= epochs && sameStart(run, facts.document) && run.path.every(({ step }) => step === 0);
    // The run on the screen is drawn whether or not it is marked.
    const counted = facts.runs.filter(
      (run) => fits(run) && (compared === 'listed' || run.overlaid || sameValue(run.document, facts.document)),
    );
    const values = new Set(counted.map(({ document }) => JSON.stringify(valueAt(document, path))));
    return state(values.size >= count, `${values.size} of ${count} runs`, values.size / count);
  },
};

function sameStart({ document }: RunRecord, present: RunRecord['document']): boolean {
  return sameValue(document.data, present.data) && sameValue(document.network, present.network);
}
