import { expect, it, vi } from 'vitest';
import type { Experiment, LayerSpec, Outcome, Progress } from '../../src-worker/api';
import { startSession, unwrap, type Session } from '../testing/session';
import { describeMark } from './run-marks';
import { Moments } from './moments';
import { TrainingRun, type RunTrainer } from './run.svelte';

const weights = (session: Session, name = 'W1'): number[] => [...unwrap(session.trainer.parameters([name]))[0]!.values];

function setUnits(session: Session, units: number, field?: string): void {
  session.experiment.edit(
    'Change units',
    (document) => {
      const { layers } = document.network;
      const first = { ...layers[0]!, units } as LayerSpec;
      return { ...document, network: { ...document.network, layers: layers.with(0, first) } };
    },
    { field },
  );
}

const setRate = (session: Session, learningRate: number): void =>
  session.experiment.edit('Change learning rate', (document): Experiment => {
    const { training } = document;
    return { ...document, training: { ...training, optimizer: { ...training.optimizer, learningRate } } };
  });

it('takes up an edit of the network between two steps, and trains on', async () => {
  const session = await startSession();
  const { run } = session;
  const training = run.train();
  await vi.waitUntil(() => (run.progress?.step ?? 0) > 50);
  const step = run.progress!.step;
  setUnits(session, 12);
  await session.settled();
  expect(run.phase).toBe('training');
  expect(run.progress!.step).toBeGreaterThanOrEqual(step);
  expect(weights(session)).toHaveLength(24);
  await vi.waitUntil(() => run.progress!.step > step + 100);
  await run.pause();
  expect(unwrap(await training)).toBeNull();
  expect(run.changes.map(describeMark)).toEqual([expect.stringMatching(/^dense \d+ → 12, \d+ new$/)]);
  expect(run.records.at(-1)!.epoch).toBe(run.progress!.epoch);
});

it('trains on where that is asked for while a pause still looks at the parts', async () => {
  const session = await startSession();
  const { run, trainer } = session;
  void run.train();
  await vi.waitUntil(() => (run.progress?.step ?? 0) > 20);
  const evaluate = trainer.evaluate.bind(trainer);
  let again: Promise<unknown> = Promise.resolve();
  vi.spyOn(trainer, 'evaluate').mockImplementationOnce(() => {
    again = run.train();
    return evaluate();
  });
  await run.pause();
  const step = run.progress!.step;
  await vi.waitUntil(() => run.phase === 'training' && run.progress!.step > step);
  await run.pause();
  await again;
  expect(run.phase).toBe('paused');
});

it('at full speed the worker has the next call before the answer to the last is taken in, and a pause leaves none behind', async () => {
  const { trainer, runs } = await startSession();
  const standing = unwrap(trainer.advance({ steps: 0 }));
  const answers: (() => void)[] = [];
  let sent = 0;
  const advance = () => {
    const step = 10 * ++sent;
    return new Promise<Outcome<Progress>>((resolve) => {
      answers.push(() => resolve({ ok: true, value: { ...standing, status: 'training', step } }));
    });
  };
  const evaluate = () => Promise.resolve(trainer.evaluate());
  const run = new TrainingRun({ advance, evaluate } as unknown as RunTrainer, runs);
  run.pace = 'full-speed';
  const training = run.train();
  await vi.waitUntil(() => sent === 2);
  answers.shift()!();
  await vi.waitUntil(() => run.progress?.step === 10);
  expect(sent).toBe(3);
  const paused = run.pause();
  answers.forEach((answer) => answer());
  await paused;
  unwrap(await training);
  expect([sent, run.progress!.step, run.phase]).toEqual([3, 30, 'paused']);
});

it('goes back to the weights of the moment, and forward to those after it', async () => {
  const session = await startSession();
  const { run, experiment } = session;
  unwrap(await run.step(30));
  const before = weights(session);
  setRate(session, 0.01);
  await session.settled();
  expect(weights(session)).toEqual(before);
  unwrap(await run.step(30));
  const after = weights(session);
  experiment.undo();
  await session.settled();
  expect([run.progress!.step, weights(session)]).toEqual([30, before]);
  expect(run.changes).toEqual([]);
  experiment.redo();
  await session.settled();
  expect([run.progress!.step, weights(session)]).toEqual([60, after]);
  expect(run.changes).toHaveLength(1);
});

it('an undo of a name leaves training alone', async () => {
  const session = await startSession();
  unwrap(await session.run.step(10));
  session.experiment.edit('Rename', (document) => ({ ...document, name: 'other' }));
  unwrap(await session.run.step(10));
  session.experiment.undo();
  await session.settled();
  expect(session.run.progress!.step).toBe(20);
});

it('typing 12 over a number of units loses none of them on the way through 1', async () => {
  const session = await startSession();
  unwrap(await session.run.step(10));
  const before = weights(session);
  setUnits(session, 1, 'units');
  await session.settled();
  expect(weights(session)).toHaveLength(2);
  setUnits(session, 12, 'units');
  await session.settled();
  expect(weights(session).slice(0, before.length)).toEqual(before);
});

it('a reset can be undone, and is another run', async () => {
  const session = await startSession();
  const { run, runs, experiment } = session;
  const initial = weights(session);
  unwrap(await run.step(25));
  const trained = weights(session);
  experiment.edit('Reset the weights', (document) => document, { enters: { kind: 'initial' } });
  await session.settled();
  expect([run.phase, weights(session)]).toEqual(['ready', initial]);
  unwrap(await run.step(5));
  expect(runs.list.map(({ number, step }) => [number, step])).toEqual([
    [2, 5],
    [1, 25],
  ]);
  experiment.undo();
  await session.settled();
  expect([run.number, run.progress!.step, weights(session)]).toEqual([1, 25, trained]);
});

it('keeps what a run was when it goes another way from an earlier moment', async () => {
  const session = await startSession();
  const { run, runs, experiment } = session;
  unwrap(await run.step(10));
  setRate(session, 0.01);
  await session.settled();
  unwrap(await run.step(40));
  experiment.undo();
  await session.settled();
  unwrap(await run.step(3));
  expect(runs.list.map(({ number, step, parent }) => [number, step, parent])).toEqual([
    [2, 13, { number: 1, epoch: 2 }],
    [1, 50, null],
  ]);
  expect(run.number).toBe(2);
});

it('leaves a run that has ended as it was: other settings from there are a run of its own, more epochs are not', async () => {
  const session = await startSession();
  const { run, runs, experiment } = session;
  const setTraining = async (change: Partial<Experiment['training']>): Promise<void> => {
    experiment.edit('Change training', ({ training, ...document }) => ({
      ...document,
      training: { ...training, ...change },
    }));
    await session.settled();
  };
  await setTraining({ epochs: 2 });
  unwrap(await run.train());
  await setTraining({ epochs: 3 });
  unwrap(await run.train());
  const [ended] = runs.list;
  expect(ended).toMatchObject({ number: 1, epoch: 3, outcome: 'finished' });
  await setTraining({ epochs: 4, l2: 0.5 });
  expect(runs.list).toEqual([ended]);
  unwrap(await run.train());
  expect(runs.list.map(({ number, epoch, parent }) => [number, epoch, parent])).toEqual([
    [2, 4, { number: 1, epoch: 3 }],
    [1, 3, null],
  ]);
  expect(runs.list[1]).toEqual(ended);
  expect(runs.list[0]!.document.training.l2).toBe(0.5);
  experiment.undo();
  await session.settled();
  expect([run.number, run.progress!.epoch]).toEqual([1, 3]);
  experiment.redo();
  await session.settled();
  expect([run.number, run.progress!.epoch]).toEqual([2, 4]);
  expect(runs.list[1]).toEqual(ended);
});

it('says so when weights had to make room', async () => {
  const session = await startSession(new Moments(1));
  const gone = vi.fn();
  session.run.onGone = gone;
  for (const rate of [0.02, 0.03]) {
    unwrap(await session.run.step(5));
    setRate(session, rate);
    await session.settled();
  }
  session.experiment.undo();
  await session.settled();
  expect(gone).not.toHaveBeenCalled();
  session.experiment.undo();
  await session.settled();
  expect(gone).toHaveBeenCalledOnce();
  expect(session.run.progress!.step).toBeGreaterThan(0);
});
