import { formatCount } from '../../charts/format';
import { judgeNumber, type GoalBase, type GoalDefinition } from './goal';

export interface TimedGoal extends GoalBase {
  readonly kind: 'timed';
  /** As a share of the right answer. */
  readonly tolerance: number;
}

/** The student reads two speeds of one training step, of plain loops and of the engine, and divides them. */
export const timed: GoalDefinition<'timed', TimedGoal> = {
  kind: 'timed',
  label: 'Loops are timed against the engine',
  summary:
    'Shows how many examples a second plain loops and the engine train on; the student says how many times as fast the engine is.',
  answer: 'number',
  needs: 'timing',
  fields: [{ name: 'tolerance', label: 'May differ by the share', type: 'number', default: 0.1, min: 0, max: 1 }],

  check({ tolerance }, { timing }, answer) {
    if (timing === null) return { met: false, progress: null, words: 'Timed while training stands still…' };
    const { loops, engine, examples } = timing;
    const speeds = `Loops ${formatCount(loops)} examples a second, engine ${formatCount(engine)}, in batches of ${formatCount(examples)}.`;
    const ratio = engine / loops;
    const judged = judgeNumber(answer, ratio, tolerance * ratio);
    return { ...judged, words: `${speeds} ${judged.words}`.trim() };
  },

  show(_goal, { timing }, hands) {
    if (timing !== null) hands.answer((timing.engine / timing.loops).toPrecision(3));
  },
};
