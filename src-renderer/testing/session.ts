import { createWasmEngine, type Engine } from '../../src-worker/engines';
import type { Experiment, Outcome, TrainerApi } from '../../src-worker/api';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { createTrainer } from '../../src-worker/trainer';
import { CheckpointsState } from '../state/checkpoints.svelte';
import { ExperimentState } from '../state/experiment.svelte';
import type { Moments } from '../state/moments';
import { TrainingRun, type RunTrainer } from '../state/run.svelte';
import { RunsState } from '../state/runs.svelte';

/** Document, run, list of runs and checkpoints over the real trainer, as the window composes them, without a window. */
export interface Session {
  readonly trainer: TrainerApi;
  readonly experiment: ExperimentState;
  readonly run: TrainingRun;
  readonly runs: RunsState;
  readonly checkpoints: CheckpointsState;
  /** Resolves when the run has caught up with the document; false where the document cannot be trained. */
  settled(): Promise<boolean>;
}

export async function startSession(moments?: Moments, engine: Engine = wasm()): Promise<Session> {
  const trainer = createTrainer(engine);
  unwrap(await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: 90, noise: 0.1, seed: 1 }), [], []));
  const suggested = unwrap(trainer.suggestExperiment('session'));
  const document: Experiment = { ...suggested, training: { ...suggested.training, epochs: 1_000_000, batchSize: 16 } };
  const experiment = new ExperimentState(document);
  const runs = new RunsState();
  const run = new TrainingRun(acrossThreads(trainer), runs, moments);
  run.pace = 'full-speed';
  let following: Promise<boolean> | null = null;
  let again = false;
  const follow = async (): Promise<boolean> => {
    let ready = false;
    while (again) {
      again = false;
      const { current, path } = experiment;
      ready = trainer.prepareData(current.document.data).ok && trainer.inspect(current.document).ready;
      if (ready) unwrap(await run.follow(current, path));
      else await run.pause();
    }
    return ready;
  };
  const settled = (): Promise<boolean> => {
    again = true;
    following ??= follow().finally(() => {
      following = null;
    });
    return following;
  };
  experiment.onChange(() => void settled());
  await settled();
  const checkpoints = new CheckpointsState({ experiment, run, settled });
  return { trainer, experiment, run, runs, checkpoints, settled };
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const wasm = (): Engine => createWasmEngine(loadBuiltKernels, 1);

/** Every call later and every value a copy, as with a worker. */
function acrossThreads(trainer: TrainerApi): RunTrainer {
  const crossing = async <T>(call: () => T | Promise<T>): Promise<T> => {
    // A turn of the event loop, as a message between threads takes it.
    await new Promise((resolve) => setImmediate(resolve));
    return structuredClone(await call());
  };
  return {
    build: (document, state) => crossing(() => trainer.build(document, structuredClone(state))),
    carry: (document, request) => crossing(() => trainer.carry(document, structuredClone(request))),
    moment: (curves) => crossing(() => trainer.moment(curves)),
    advance: (budget) => crossing(() => trainer.advance(budget)),
    changeTraining: (training) => crossing(() => trainer.changeTraining(training)),
    restoreBest: () => crossing(() => trainer.restoreBest()),
    setParameter: (edit) => crossing(() => trainer.setParameter(edit)),
    evaluate: () => crossing(() => trainer.evaluate()),
  };
}
