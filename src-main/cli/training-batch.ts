import type { Inspection, RunState } from '../../src-worker/api';
import { epochOrder } from '../../src-worker/batches';
import { bindRows } from '../../src-worker/bound-examples';
import { loadData, prepare } from '../../src-worker/data';
import type { PreparedData } from '../../src-worker/data';
import type { Precision } from '../../src-worker/engine';
import type { Engine } from '../../src-worker/engines';
import type { Experiment } from '../../src-worker/experiment/document';
import { inspectExperiment, problemsOf } from '../../src-worker/inspection';
import { fail } from '../../src-worker/problem';
import { sizeOf, type FloatArray } from '../../src-worker/tensor';
import { refuse } from './arguments';
import { dataServices } from './data-services';
import { unwrap, type OpenedExperiment } from './open-experiment';

/** An experiment on its data, checked: nothing stands in the way of a network. */
export interface ReadyExperiment {
  readonly experiment: Experiment;
  readonly prepared: PreparedData;
  readonly inspection: Inspection;
}

/** @throws ProblemError where data, network or training do not fit together */
export async function makeReady(
  { experiment, files, testFiles }: OpenedExperiment,
  engine: Engine,
): Promise<ReadyExperiment> {
  const loaded = unwrap(await loadData(experiment.data, files, testFiles, dataServices));
  const prepared = unwrap(prepare(loaded, experiment.data));
  const inspection = inspectExperiment(experiment, prepared, engine);
  if (!inspection.ready) unwrap(fail(...problemsOf(inspection)));
  return { experiment, prepared, inspection };
}

export interface TrainingBatch {
  /** `[rows, …inputShape]` */
  readonly x: FloatArray;
  /** `[rows, outputs]` */
  readonly y: FloatArray;
  readonly rows: number;
  /** What each example counts for, `[rows]`; null where all count alike. */
  readonly weights: FloatArray | null;
}

/**
 * The training examples that a run would see next: the first `count` in the order of its epoch, from its batch on. For a new
 * run these are the first `count` examples in the order of epoch 1. Images that training varies are as that epoch sees them.
 * @param count the batch size if left out
 */
export function nextTrainingBatch(
  command: string,
  { experiment, prepared, inspection }: ReadyExperiment,
  state: RunState | null,
  precision: Precision,
  count?: number,
): TrainingBatch {
  const { batchSize, seed, classWeights } = experiment.training;
  const { inputShape, outputs } = inspection;
  // An experiment that is ready has a training part.
  const examples = prepared.examples('train', outputs, precision, classWeights)!;
  const first = (state?.batchInEpoch ?? 0) * batchSize;
  const available = examples.count - first;
  if (count !== undefined && count > available) {
    throw refuse(
      command,
      `--batch must be at most ${available}, the training examples that there are, but is ${count}.`,
    );
  }
  const rows = Math.min(count ?? batchSize, available);
  const epoch = (state?.epoch ?? 0) + 1;
  const order = epochOrder(seed, epoch, examples.count).subarray(first, first + rows);
  const create = (length: number): FloatArray =>
    precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
  const x = create(rows * sizeOf(inputShape));
  const y = create(rows * outputs);
  const bound = bindRows(examples, inputShape, outputs);
  bound.read(order, x, y, epoch);
  return { x, y, rows, weights: bound.weightsOf(order) };
}
