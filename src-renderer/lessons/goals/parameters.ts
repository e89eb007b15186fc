import type { LessonFacts } from '../facts';
import { judgeNumber, type GoalBase, type GoalDefinition } from './goal';

export interface ParametersGoal extends GoalBase {
  readonly kind: 'parameters';
  /** Counting from 1; 0 for the whole network. */
  readonly layer: number;
}

const right = (layer: number, { parameters }: LessonFacts): number | null =>
  layer === 0 ? parameters.all : (parameters.layers[layer - 1] ?? null);

/** The student counts the parameters; the app knows how many the network on the screen has. CS229 notes (3.7), (3.8). */
export const parameters: GoalDefinition<'parameters', ParametersGoal> = {
  kind: 'parameters',
  label: 'Parameters are counted',
  summary: 'The student types how many parameters the network, or one of its layers, has.',
  answer: 'number',
  fields: [{ name: 'layer', label: 'Layer, 0 for all', type: 'number', default: 0, min: 0 }],
  check: ({ layer }, facts, answer) => judgeNumber(answer, right(layer, facts), 0),
  show({ layer }, facts, hands) {
    const count = right(layer, facts);
    if (count !== null) hands.answer(String(count));
  },
};
