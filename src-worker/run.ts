import type {
  Assessment,
  Budget,
  BuildInfo,
  EpochRecord,
  Evaluations,
  Metrics,
  Progress,
  RunState,
  RunStatus,
} from './api';
import { batchesPerEpoch, epochOrder } from './batches';
import type { PreparedData } from './data/prepared';
import type { CompiledNetwork, Examples, Part } from './engine';
import type { Experiment, TrainingSpec } from './experiment/document';
import { measureAll, type Predictions } from './metrics';
import { classFigures, confusionMatrix } from './metrics/confusion';
import { fail, ProblemError, succeed, type Outcome, type Problem } from './problem';
import type { FloatArray, NamedTensor } from './tensor';

/** Longest stretch of training between two looks at the clock. */
const STRETCH_MS = 4;

/** A moment at which every number was finite, to fall back to. */
interface Checkpoint {
  readonly parameters: readonly NamedTensor[];
  readonly optimizer: readonly NamedTensor[];
  readonly epoch: number;
  readonly step: number;
  readonly batchInEpoch: number;
}

/**
 * One training run: a compiled network on its way through the epochs of an experiment. The weights after step n are a
 * function of the experiment and n; how the steps were spread over calls of {@link advance} does not change a bit.
 */
export class Run {
  readonly network: CompiledNetwork;
  readonly prepared: PreparedData;
  private current: Experiment;
  private readonly targets: Readonly<Record<Part, Examples | null>>;
  private readonly batches: number;
  private readonly history: EpochRecord[] = [];
  private status: RunStatus = 'ready';
  private problem: Problem | null = null;
  private epoch = 0;
  private step = 0;
  private batchInEpoch = 0;
  /** How much of the history the caller has been told. */
  private reported = 0;
  /** The epoch whose order the network holds. */
  private orderedEpoch = 0;
  private batchesPerMs = 0;
  private checkpoint: Checkpoint;

  /**
   * Takes over `network`, whose outputs and precision `prepared` can serve; {@link dispose} frees it.
   * @throws ProblemError if `resume` does not belong to this network and data
   */
  constructor(
    network: CompiledNetwork,
    experiment: Experiment,
    outputs: number,
    prepared: PreparedData,
    resume?: RunState,
  ) {
    this.network = network;
    this.prepared = prepared;
    this.current = experiment;
    const bind = (part: Part): Examples | null => {
      const examples = prepared.examples(part, outputs, network.precision, experiment.training.classWeights);
      if (examples !== null) network.bindExamples(part, examples);
      return examples;
    };
    this.targets = { train: bind('train'), dev: bind('dev'), test: bind('test') };
    this.batches = batchesPerEpoch(this.targets.train?.count ?? 0, experiment.training.batchSize);
    if (resume !== undefined) this.restore(resume);
    this.checkpoint = this.takeCheckpoint();
  }

  get experiment(): Experiment {
    return this.current;
  }

  buildInfo(parameters: number, simd: BuildInfo['simd']): BuildInfo {
    const { backend, threads, memoryBytes } = this.network;
    return { parameters, backend, threads, memoryBytes, batchesPerEpoch: this.batches, simd };
  }

  /** Trains until the budget is spent, the epochs are done or the loss is no number any more. See `TrainerApi.advance`. */
  advance(budget: Budget): Progress {
    const started = performance.now();
    let examples = 0;
    let trainingMs = 0;
    let stepsLeft = 'steps' in budget ? budget.steps : Infinity;
    if (this.history.length === 0) this.record();
    while (stepsLeft > 0 && this.mayTrain()) {
      const before = performance.now();
      const msLeft = 'ms' in budget ? budget.ms - (before - started) : Infinity;
      // The first evaluation alone may take longer than the budget: a call that may train makes a step all the same.
      if (msLeft <= 0 && examples > 0) break;
      const most = 'ms' in budget ? this.batchesWithin(Math.min(msLeft, STRETCH_MS)) : stepsLeft;
      const first = this.batchInEpoch;
      const ran = this.runBatches(most);
      const tookMs = performance.now() - before;
      trainingMs += tookMs;
      stepsLeft -= ran;
      examples += this.examplesIn(first, ran);
      if (ran > 0 && tookMs > 0) this.batchesPerMs = ran / tookMs;
      if (this.problem === null && this.batchInEpoch === this.batches) this.finishEpoch();
    }
    return this.report(trainingMs > 0 ? (examples / trainingMs) * 1000 : 0);
  }

  /** New learning rate, optimizer, λ or number of epochs; after a divergence it may go on with the last finite weights. */
  changeTraining(training: TrainingSpec): Outcome<null> {
    const fixed = (['batchSize', 'seed', 'classWeights'] as const).find(
      (name) => training[name] !== this.current.training[name],
    );
    if (fixed !== undefined) {
      return fail({
        code: 'training/needs-reset',
        message: 'Batch size, seed of the order and class weights cannot change in the middle of a run.',
        hint: 'Reset the run to train with them from the start.',
        path: `training.${fixed}`,
      });
    }
    this.network.setTraining({ optimizer: training.optimizer, l2: training.l2 });
    this.current = { ...this.current, training };
    this.problem = null;
    this.status = this.statusNow();
    this.checkpoint = this.takeCheckpoint();
    return succeed(null);
  }

  evaluate(): Evaluations {
    const train = this.measure('train');
    // A run is only built on data with a training part.
    if (train === null) throw new Error('a run without a training part');
    return { train, dev: this.measure('dev'), test: this.measure('test') };
  }

  /** See `TrainerApi.assess`. */
  assess(part: Part): Outcome<Assessment> {
    const examples = this.targets[part];
    if (examples === null) {
      return fail({
        code: 'run/empty-part',
        message: `The ${part} part has no examples.`,
        hint: 'Give it a share of the split, or a file of its own.',
        path: 'data.split',
      });
    }
    const { task, target } = this.prepared.preprocessing;
    const { loss, yHat } = this.network.evaluate(part);
    const predictions = this.predictions(examples, yHat);
    const metrics = { loss, ...measureAll(task, predictions) };
    if (task === 'regression') return succeed({ part, metrics, confusion: null });
    const confusion = confusionMatrix(predictions);
    const { counts } = confusion;
    return succeed({
      part,
      metrics,
      confusion: { classes: target.classes, counts, figures: classFigures(confusion) },
    });
  }

  state(): RunState {
    return {
      parameters: this.network.parameters(),
      optimizer: this.network.optimizerState(),
      epoch: this.epoch,
      step: this.step,
      batchInEpoch: this.batchInEpoch,
      status: this.status,
      history: [...this.history],
    };
  }

  dispose(): void {
    this.network.dispose();
  }

  private restore(state: RunState): void {
    const { epoch, step, batchInEpoch } = state;
    const expected = epoch * this.batches + batchInEpoch;
    const whole = [epoch, step, batchInEpoch].every((count) => Number.isSafeInteger(count) && count >= 0);
    if (!whole || batchInEpoch >= this.batches || step !== expected) {
      throw new ProblemError({
        code: 'run/other-data',
        message: `The saved run stands at step ${step}, batch ${batchInEpoch} of epoch ${epoch + 1}, which does not fit ${this.batches} batches per epoch.`,
        hint: 'Load the data, split and batch size that it was trained with, or start a new run.',
      });
    }
    this.network.setParameters(state.parameters);
    this.network.setOptimizerState(state.optimizer);
    this.history.push(...state.history);
    this.reported = this.history.length;
    this.epoch = epoch;
    this.step = step;
    this.network.setStep(step);
    this.batchInEpoch = batchInEpoch;
    this.status = state.status === 'diverged' ? 'diverged' : this.statusNow();
    if (this.status === 'diverged') this.problem = this.describeDivergence(step);
  }

  private statusNow(): RunStatus {
    if (this.epoch >= this.current.training.epochs) return 'finished';
    return this.step === 0 ? 'ready' : 'training';
  }

  private mayTrain(): boolean {
    return this.status === 'ready' || this.status === 'training';
  }

  /** So many batches that they surely fit: the pace of the last stretch, with a margin for what else the machine does. */
  private batchesWithin(ms: number): number {
    return Math.max(1, Math.floor(this.batchesPerMs * ms * 0.8));
  }

  /** Runs up to `most` batches of the current epoch; returns the updates made. */
  private runBatches(most: number): number {
    const { seed } = this.current.training;
    const epoch = this.epoch + 1;
    if (this.orderedEpoch !== epoch) {
      this.network.setOrder(epochOrder(seed, epoch, this.targets.train?.count ?? 0));
      this.orderedEpoch = epoch;
    }
    const { batches, finite } = this.network.runBatches(
      this.batchInEpoch,
      Math.min(most, this.batches - this.batchInEpoch),
    );
    this.step += batches;
    this.batchInEpoch += batches;
    this.status = 'training';
    if (!finite) this.diverge(this.step + 1);
    return batches;
  }

  private examplesIn(first: number, batches: number): number {
    const { batchSize } = this.current.training;
    return Math.min((first + batches) * batchSize, this.targets.train?.count ?? 0) - first * batchSize;
  }

  private finishEpoch(): void {
    this.epoch += 1;
    this.batchInEpoch = 0;
    this.record();
    if (this.problem === null) this.status = this.statusNow();
  }

  /** Adds a point to the curves; a loss that is no number ends the run instead. */
  private record(): void {
    const train = this.measure('train');
    const dev = this.measure('dev');
    if (train === null || !isFinite(train) || (dev !== null && !isFinite(dev))) {
      this.diverge(this.step);
      return;
    }
    this.history.push({ epoch: this.epoch, step: this.step, train, dev });
    this.checkpoint = this.takeCheckpoint();
  }

  private measure(part: Part): Metrics | null {
    const examples = this.targets[part];
    if (examples === null) return null;
    const { loss, yHat } = this.network.evaluate(part);
    const { task } = this.prepared.preprocessing;
    return { loss, ...measureAll(task, this.predictions(examples, yHat)) };
  }

  private predictions({ count, y }: Examples, yHat: FloatArray): Predictions {
    const { deviation } = this.prepared.preprocessing.target;
    return { yHat, y, rows: count, columns: y.length / count, deviation };
  }

  private diverge(step: number): void {
    this.status = 'diverged';
    const finite = this.network.parameters().every(({ values }) => values.every((value) => Number.isFinite(value)));
    // The engine makes no update after a loss that is no number, but the update before it may have overflowed.
    if (!finite) {
      this.network.setParameters(this.checkpoint.parameters);
      this.network.setOptimizerState(this.checkpoint.optimizer);
      this.epoch = this.checkpoint.epoch;
      this.step = this.checkpoint.step;
      this.network.setStep(this.step);
      this.batchInEpoch = this.checkpoint.batchInEpoch;
    }
    this.problem = this.describeDivergence(step);
  }

  private describeDivergence(step: number): Problem {
    const { learningRate } = this.current.training.optimizer;
    return {
      code: 'training/diverged',
      message: `Training diverged at step ${step}: the loss is no longer a finite number. The weights are the last finite ones.`,
      hint: `Lower the learning rate, now ${learningRate}, to a tenth of it and reset the run.`,
      path: 'training.optimizer.learningRate',
    };
  }

  private takeCheckpoint(): Checkpoint {
    const { network, epoch, step, batchInEpoch } = this;
    return { parameters: network.parameters(), optimizer: network.optimizerState(), epoch, step, batchInEpoch };
  }

  private report(examplesPerSecond: number): Progress {
    const records = this.history.slice(this.reported);
    this.reported = this.history.length;
    return {
      status: this.status,
      epoch: this.epoch,
      epochs: this.current.training.epochs,
      step: this.step,
      batchInEpoch: this.batchInEpoch,
      batchesPerEpoch: this.batches,
      records,
      examplesPerSecond,
      problem: this.problem,
    };
  }
}

function isFinite({ loss, rmse }: Metrics): boolean {
  return Number.isFinite(loss) && (rmse === null || Number.isFinite(rmse));
}
