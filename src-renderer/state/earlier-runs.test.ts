import { expect, it } from 'vitest';
import type { RunState } from '../../src-worker/api';
import { startSession, unwrap, type Session } from '../testing/session';
import { CheckpointsState } from './checkpoints.svelte';
import { cannotRepeat, goBackTo, repeatRun } from './earlier-runs';
import { Moments } from './moments';
import type { RunRecord } from './run-record';

const stateOf = ({ trainer }: Session): RunState => unwrap(trainer.moment()).state;

/** With what a repeat takes beside: training to a step, at full speed. */
const driven = (session: Session) => ({
  ...session,
  trainTo: (step: number) => session.run.step(step - (session.run.progress?.step ?? 0)),
});

const runOf = ({ runs }: Session, number: number): RunRecord => {
  const found = runs.list.find((each) => each.number === number);
  if (found === undefined) throw new RangeError(`There is no run ${number}.`);
  return found;
};

function widen({ experiment }: Session, units: number): void {
  experiment.edit('Change units', (document) => {
    const layers = document.network.layers.map((layer, l) =>
      l === 0 && layer.kind === 'dense' ? { ...layer, units } : layer,
    );
    return { ...document, network: { ...document.network, layers } };
  });
}

async function resetAndTrain(session: Session, steps: number): Promise<void> {
  session.experiment.edit('Reset the weights', (document) => document, { enters: { kind: 'initial' } });
  await session.settled();
  unwrap(await session.run.step(steps));
}

it('restores a checkpoint with the run that it is of, and undoes that', async () => {
  const session = await startSession();
  const checkpoints = new CheckpointsState(session);
  unwrap(await session.run.step(20));
  const early = stateOf(session);
  const kept = unwrap(await checkpoints.save());
  unwrap(await session.run.step(30));
  const late = stateOf(session);
  await checkpoints.restore(kept!);
  expect(stateOf(session)).toEqual(early);
  expect(session.run.number).toBe(1);
  // The run had come further: what goes on from here is another one, of which it is the parent.
  unwrap(await session.run.step());
  expect(runOf(session, 2).parent).toEqual({ number: 1, epoch: early.epoch });
  expect(cannotRepeat(session, runOf(session, 2))).toBeNull();
  session.experiment.undo();
  await session.settled();
  expect(stateOf(session)).toEqual(late);
});

it('keeps no checkpoint that there is no room for, and drops none', async () => {
  const session = await startSession();
  unwrap(await session.run.step(20));
  const { bytes } = new CheckpointsState(session);
  expect(bytes).toBe(0);
  const measured = new CheckpointsState(session);
  unwrap(await measured.save());
  const checkpoints = new CheckpointsState(session, measured.bytes);
  unwrap(await checkpoints.save());
  unwrap(await session.run.step(20));
  const refused = await checkpoints.save();
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'window/checkpoints-full' }] });
  expect(checkpoints.list).toHaveLength(1);
  const putBack = checkpoints.delete(1);
  expect(checkpoints.bytes).toBe(0);
  putBack();
  expect(checkpoints.bytes).toBe(measured.bytes);
});

it('goes back to a run as it was left, and on with it', async () => {
  const session = await startSession();
  unwrap(await session.run.step(40));
  const first = stateOf(session);
  await resetAndTrain(session, 10);
  await goBackTo(session, runOf(session, 1));
  expect(stateOf(session)).toEqual(first);
  unwrap(await session.run.step());
  expect(session.run.number).toBe(1);
  expect(runOf(session, 2).step).toBe(10);
});

it('says of a run whose weights had to make room that they are gone', async () => {
  const session = await startSession(new Moments(1));
  unwrap(await session.run.step(40));
  await resetAndTrain(session, 10);
  await resetAndTrain(session, 10);
  const before = session.experiment.current;
  await goBackTo(session, runOf(session, 1));
  expect(session.experiment.current).toBe(before);
});

it('brings a run of another experiment back as that experiment', async () => {
  const session = await startSession();
  unwrap(await session.run.step(40));
  const first = stateOf(session);
  const { origin } = session.experiment;
  session.experiment.edit('Open other', (document) => ({ ...document, name: 'other' }), { begins: true });
  await session.settled();
  unwrap(await session.run.step());
  const other = session.experiment.origin;
  await goBackTo(session, runOf(session, 1));
  expect(stateOf(session)).toEqual(first);
  expect(session.experiment.document.name).not.toBe('other');
  expect([origin, other]).not.toContain(session.experiment.origin);
});

it('repeats a run with every edit at its step, to the bit', async () => {
  const session = await startSession();
  unwrap(await session.run.step(15));
  widen(session, 7);
  await session.settled();
  unwrap(await session.run.step(9));
  session.experiment.edit('Go back to the best epoch', (document) => document, { enters: { kind: 'best' } });
  await session.settled();
  unwrap(await session.run.step(11));
  const first = stateOf(session);
  await resetAndTrain(session, 10);
  const run = runOf(session, 1);
  expect(cannotRepeat(session, run)).toBeNull();
  await repeatRun(driven(session), run);
  expect(stateOf(session)).toEqual(first);
  expect(session.run.number).toBe(3);
});
