import { state, type GoalBase, type GoalDefinition } from './goal';

export interface UndoneGoal extends GoalBase {
  readonly kind: 'undone';
}

/** The last edit was taken back. */
export const undone: GoalDefinition<'undone', UndoneGoal> = {
  kind: 'undone',
  label: 'An edit is undone',
  summary: 'The last edit was taken back with undo.',
  fields: [],
  check: (_goal, facts) => state(facts.undone),
  show: (_goal, _facts, hands) => hands.undo(),
};
