import { expect } from 'vitest';
import type { Experiment, RunState } from '../../src-worker/api';
import { createRandom } from '../../src-worker/random';
import type { Checkpoint } from '../state/checkpoints.svelte';
import { actAtRandom } from './random-acts';
import { editAtRandom } from './random-edits';
import { startSession, unwrap, type Session } from './session';

/** A place of the history, with what was there when it was left. */
interface Stop {
  readonly document: Experiment;
  /** Versions of one era differ in the name alone, and have the weights that the last of them was left with. */
  readonly era: number;
  state: RunState;
}

/**
 * One random sequence of edits and training steps, with checkpoints, keeping and changes of the list of runs between them, undone to the
 * start and redone to the end: at every stop the document is the same and the weights, the optimizer's arrays and the place in the run are
 * equal to the bit.
 * @returns how many edits it had
 */
export async function fuzzHistory(seed: number): Promise<number> {
  const random = createRandom(seed, 'history');
  const session = await startSession();
  const { experiment, run, checkpoints } = session;
  const stops: Stop[] = [];
  const saved = new Map<Checkpoint['kept'], RunState>();
  const leave = (): void => {
    const { document, era } = experiment.current;
    const state = stateOf(session);
    for (const stop of stops) if (stop.era === era) stop.state = state;
    stops.push({ document, era, state });
  };
  const act = async (): Promise<void> => {
    const { current } = experiment;
    const state = stateOf(session);
    await actAtRandom(session, random);
    expect(experiment.current).toBe(current);
    expect(stateOf(session)).toEqual(state);
    for (const { kept } of checkpoints.list) {
      if (!saved.has(kept)) saved.set(kept, structuredClone(kept.moment.state));
    }
  };
  const edits = 2 + random.integer(9);
  for (let n = 0; n < edits; n++) {
    if (random.integer(3) > 0) unwrap(await run.step(1 + random.integer(20)));
    if (random.integer(2) > 0) await act();
    leave();
    const before = experiment.current;
    await editAtRandom(session, random);
    const ready = await session.settled();
    if (experiment.current === before) stops.pop();
    else if (!ready) {
      // It does not fit its data: the person takes it back at once.
      experiment.undo();
      await session.settled();
      stops.pop();
    }
  }
  if (random.integer(2) > 0) unwrap(await run.step(1 + random.integer(20)));
  leave();
  for (const stop of stops.slice(0, -1).reverse()) {
    experiment.undo();
    await session.settled();
    same(session, stop);
  }
  expect(experiment.canUndo).toBe(false);
  for (const stop of stops.slice(1)) {
    experiment.redo();
    await session.settled();
    same(session, stop);
  }
  for (const [kept, state] of saved) expect(kept.moment.state, 'a checkpoint stays as it was kept').toEqual(state);
  return stops.length - 1;
}

function same(session: Session, stop: Stop): void {
  expect(session.experiment.document).toBe(stop.document);
  const state = stateOf(session);
  expect(state).toEqual(stop.state);
  const { progress, records, built } = session.run;
  expect(progress).toMatchObject({ step: state.step, epoch: state.epoch });
  expect(records).toEqual(state.history);
  expect(built?.document).toBe(stop.document);
}

/** At step 0 a run has no state of its own: what it is judged by and compared with begins with the first step. */
const stateOf = (session: Session): RunState => unwrap(session.trainer.moment()).state;
