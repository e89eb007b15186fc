import { expect } from 'vitest';
import type { Experiment, LayerSpec, RunState } from '../../src-worker/api';
import { createRandom, type Random } from '../../src-worker/random';
import type { Entrance } from '../state/subject';
import { startSession, unwrap, type Session } from './session';

/** A place of the history, with what was there when it was left. */
interface Stop {
  readonly document: Experiment;
  /** Versions of one era differ in the name alone, and have the weights that the last of them was left with. */
  readonly era: number;
  state: RunState;
}

/**
 * One random sequence of edits and training steps, undone to the start and redone to the end: at every stop the document is the same
 * and the weights, the optimizer's arrays and the place in the run are equal to the bit.
 * @returns how many edits it had
 */
export async function fuzzHistory(seed: number): Promise<number> {
  const random = createRandom(seed, 'history');
  const session = await startSession();
  const { experiment, run } = session;
  const stops: Stop[] = [];
  const leave = (): void => {
    const { document, era } = experiment.current;
    const state = stateOf(session);
    for (const stop of stops) if (stop.era === era) stop.state = state;
    stops.push({ document, era, state });
  };
  const edits = 2 + random.integer(9);
  for (let n = 0; n < edits; n++) {
    if (random.integer(3) > 0) unwrap(await run.step(1 + random.integer(20)));
    leave();
    const before = experiment.document;
    const { change, enters } = randomEdit(before, random, session);
    experiment.edit(`edit ${n}`, change, enters && { enters });
    if (!(await session.settled())) {
      // It does not fit its data: the person takes it back at once.
      experiment.undo();
      await session.settled();
      stops.pop();
    } else if (experiment.document === before && enters === undefined) stops.pop();
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

interface RandomEdit {
  readonly change: (document: Experiment) => Experiment;
  readonly enters?: Entrance;
}

function randomEdit({ network: { layers } }: Experiment, random: Random, { run }: Session): RandomEdit {
  const hidden = layers.length - 1;
  const at = random.integer(hidden + 1);
  const dense: LayerSpec = {
    ...{ kind: 'dense', units: 1 + random.integer(8), activation: 'tanh', initializer: { kind: 'xavier-normal' } },
  };
  const withLayers = (next: readonly LayerSpec[]) => (document: Experiment) => ({
    ...document,
    network: { ...document.network, layers: next },
  });
  const training = (change: Partial<Experiment['training']>) => (document: Experiment) => ({
    ...document,
    training: { ...document.training, ...change },
  });
  const edits: readonly (() => RandomEdit)[] = [
    () => ({ change: withLayers(layers.toSpliced(at, 0, dense)) }),
    () => ({ change: withLayers(hidden === 0 ? layers : layers.toSpliced(random.integer(hidden), 1)) }),
    () => ({ change: withLayers(hidden === 0 ? layers : layers.with(random.integer(hidden), dense)) }),
    () => ({ change: withLayers([...layers.slice(0, hidden).reverse(), layers[hidden]!]) }),
    () => ({ change: training({ optimizer: { kind: 'sgd', learningRate: 0.001 * (1 + random.integer(9)) } }) }),
    () => ({ change: training({ optimizer: { kind: 'momentum', learningRate: 0.01, beta: 0.9 } }) }),
    () => ({ change: training({ batchSize: 4 + random.integer(20) }) }),
    () => ({ change: training({ l2: random.uniform() / 100 }) }),
    () => ({ change: (document) => ({ ...document, name: `name ${random.integer(100)}` }) }),
    () => ({
      change: (document) => {
        const split = { ...document.data.split, seed: random.integer(100) };
        return { ...document, data: { ...document.data, split } };
      },
    }),
    () => ({ change: (document) => document, enters: { kind: 'initial' } }),
    () => ({
      change: (document) => document,
      enters: { kind: (run.progress?.best ?? null) === null ? 'initial' : 'best' },
    }),
    () => ({
      change: (document) => document,
      enters: { kind: 'parameter', edit: { name: 'W1', index: 0, value: 0.5 } },
    }),
    () => ({ change: withLayers(layers.with(hidden, { ...layers[hidden]!, units: 7 } as LayerSpec)) }),
  ];
  return edits[random.integer(edits.length)]!();
}
