import type { Catalog, Experiment, Task } from '../../src-worker/api';
import type { SweepPlan, SweepPoint } from '../../src-worker/experiment/sweep/sweep-plan';
import { fail, succeed, type Outcome } from '../../src-worker/problem';
import { sweepables } from './sweepables';

/** What is known of the kinds, and what the data ask for. */
export interface Surroundings {
  readonly catalog: Catalog;
  readonly task: Task;
}

/**
 * A document with the settings of a point; fails where it has no such setting.
 * Kinds are put in before numbers: of another optimizer, the rate that counts is that of the point.
 */
export function withValues(
  document: Experiment,
  settings: SweepPlan['settings'],
  values: SweepPoint,
  { catalog, task }: Surroundings,
): Outcome<Experiment> {
  const order = settings
    .map((setting, n) => ({ ...setting, value: values[n]! }))
    .sort((a, b) => Number(b.path.endsWith('.kind')) - Number(a.path.endsWith('.kind')));
  let changed = document;
  for (const { path, label, value } of order) {
    const found = sweepables(changed, catalog, task).find((each) => each.path === path);
    if (found === undefined) {
      return fail({
        code: 'sweep/no-such-setting',
        message: `There is no ${label.toLowerCase()} here.`,
        hint: 'Choose another setting, or put back what it belongs to.',
        path,
      });
    }
    if (found.value !== value) changed = found.set(value);
  }
  return succeed(changed);
}

/** The document that a point of a plan trains. */
export function pointDocument(
  document: Experiment,
  { settings, epochs }: SweepPlan,
  values: SweepPoint,
  around: Surroundings,
): Outcome<Experiment> {
  const { training } = document;
  return withValues({ ...document, training: { ...training, epochs } }, settings, values, around);
}
