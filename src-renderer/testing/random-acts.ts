import { expect } from 'vitest';
import type { StoredMoment } from '../../src-main/bridge';
import { decodeMessage, encodeMessage } from '../../src-main/message-bytes';
import { packRecords } from '../../src-worker/experiment/packed-records';
import type { Random } from '../../src-worker/random';
import { momentOf, storeMoment } from '../state/stored-values';
import { unwrap, type Session } from './session';

/** Something that is done between edits and changes neither the document nor the run. */
type RandomAct = (session: Session, random: Random) => void | Promise<void>;

/** Of a list that may be empty. */
const oneOf = <T>(list: readonly T[], random: Random): T | undefined =>
  list.length === 0 ? undefined : list[random.integer(list.length)];

const ACTS: readonly RandomAct[] = [
  async ({ checkpoints }) => {
    unwrap(await checkpoints.save());
  },
  ({ checkpoints }, random) => {
    const some = oneOf(checkpoints.list, random);
    if (some !== undefined) checkpoints.rename(some.id, `checkpoint ${random.integer(100)}`);
  },
  ({ checkpoints }, random) => {
    const { list } = checkpoints;
    const some = oneOf(list, random);
    if (some === undefined) return;
    const putBack = checkpoints.delete(some.id);
    expect(checkpoints.list).toHaveLength(list.length - 1);
    if (random.integer(2) === 0) return;
    putBack();
    expect(checkpoints.list).toEqual(list);
  },
  ({ runs }, random) => {
    const some = oneOf(runs.list, random);
    if (some !== undefined) runs.rename(some.number, `run ${random.integer(100)}`);
  },
  ({ runs }, random) => {
    const some = oneOf(runs.list, random);
    if (some !== undefined) runs.pin(some.number, !some.pinned);
  },
  ({ runs, run }, random) => {
    const { list } = runs;
    const others = list.filter(({ number }) => number !== run.number);
    const some = oneOf(others, random);
    if (some === undefined) return;
    const putBack = runs.delete(some.number);
    if (random.integer(2) === 0) return;
    putBack();
    expect(runs.list).toEqual(list);
  },
  async ({ run, experiment }) => {
    // As autosave keeps it, and as the next start reads it.
    const kept = unwrap(await run.keep())!;
    const { state } = kept.moment;
    const stored = decodeMessage(encodeMessage(storeMoment(kept, packRecords(state.history)))) as StoredMoment;
    const back = momentOf(stored, experiment.files, experiment.origin, 0);
    expect(back.moment.state).toEqual(state);
    expect(back.path).toEqual(kept.path);
  },
];

/** Does one of them. */
export async function actAtRandom(session: Session, random: Random): Promise<void> {
  await ACTS[random.integer(ACTS.length)]!(session, random);
}
