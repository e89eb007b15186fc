import { state, type GoalBase, type GoalDefinition } from './goal';

export interface ViewGoal extends GoalBase {
  readonly kind: 'view';
  readonly view: string;
}

/** A view of the stage is open. */
export const view: GoalDefinition<'view', ViewGoal> = {
  kind: 'view',
  label: 'A view is open',
  summary: 'The stage shows a view, such as Boundary or Maths.',
  fields: [{ name: 'view', label: 'View', type: 'text', default: 'Boundary' }],
  check: (goal, facts) => state(facts.view === goal.view, `now ${facts.view}`),
  show: (goal, _facts, hands) => hands.openView(goal.view),
};
