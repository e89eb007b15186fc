import { checked, type CheckedGoal } from './checked';
import { choice, type ChoiceGoal } from './choice';
import { epochs, type EpochsGoal } from './epochs';
import { gap, type GapGoal } from './gap';
import type { GoalBase, GoalDefinition } from './goal';
import { layers, type LayersGoal } from './layers';
import { metric, type MetricGoal } from './metric';
import { number, type NumberGoal } from './number';
import { parameters, type ParametersGoal } from './parameters';
import { phase, type PhaseGoal } from './phase';
import { runs, type RunsGoal } from './runs';
import { setting, type SettingGoal } from './setting';
import { timed, type TimedGoal } from './timed';
import { traced, type TracedGoal } from './traced';
import { undone, type UndoneGoal } from './undone';
import { units, type UnitsGoal } from './units';
import { view, type ViewGoal } from './view';

/** Union over every kind of goal; a further kind is a further member. */
export type Goal =
  | CheckedGoal
  | ChoiceGoal
  | EpochsGoal
  | GapGoal
  | LayersGoal
  | MetricGoal
  | NumberGoal
  | ParametersGoal
  | PhaseGoal
  | RunsGoal
  | SettingGoal
  | TimedGoal
  | TracedGoal
  | UndoneGoal
  | UnitsGoal
  | ViewGoal;
export type GoalKind = Goal['kind'];

/** Every goal by kind, in the order of the author's menu. To add one: a file, its line here and a member of {@link Goal}. */
export const goals = {
  metric,
  epochs,
  phase,
  gap,
  setting,
  layers,
  view,
  choice,
  number,
  parameters,
  traced,
  checked,
  timed,
  units,
  runs,
  undone,
} satisfies { readonly [K in GoalKind]: GoalDefinition<K, Extract<Goal, { kind: K }>> };

/** The definition of a goal's own kind. */
export function definitionOf({ kind }: Goal): GoalDefinition<GoalKind, GoalBase> {
  return goals[kind] as GoalDefinition<GoalKind, GoalBase>;
}

export type { GoalDefinition, GoalField, Hands, SettingValue } from './goal';
