import type {
  Assessment,
  BestEpoch,
  Budget,
  BuildInfo,
  EpochRecord,
  Evaluations,
  Metrics,
  Progress,
  RunState,
  RunStatus,
  StopReason,
} from './api';
import { BestWeights } from './best-weights';
import type { PreparedData, TrainableData } from './data/prepared';
import type { CompiledNetwork, Part, Precision } from './engine';
import type { ClassWeights, Experiment, TrainingSpec } from './experiment/document';
import { sameValue } from './experiment/same-value';
import { Judgement } from './judgement';
import { Measures, type Targets } from './measures';
import { describeBadData, describeDivergence, divergedBefore, findCulprit } from './insight/divergence';
import { fail, succeed, type Outcome, type Problem } from './problem';
import { checkPosition, epochLength } from './run-position';
import { Walk, type Checkpoint } from './walk';

/** Longest stretch of training between two looks at the clock. */
const STRETCH_MS = 4;

/** How much training may have to be walked again after a divergence. */
const CHECKPOINT_MS = 2000;

/**
 * One training run: a compiled network on its way through the epochs of an experiment. The weights after step n are a
 * function of the experiment and n; how the steps were spread over calls of {@link advance} does not change a bit.
 */
export class Run<Data extends TrainableData = PreparedData> {
  readonly network: CompiledNetwork;
  readonly prepared: Data;
  private current: Experiment;
  private readonly targets: Readonly<Record<Part, Targets | null>>;
  readonly outputs: number;
  private readonly measures: Measures;
  readonly walk: Walk;
  private readonly history: EpochRecord[] = [];
  private best = new BestWeights();
  private status: RunStatus = 'ready';
  private stopped: StopReason | null = null;
  private problem: Problem | null = null;
  private judgement: Judgement;
  /** How much of the history the caller has been told. */
  private reported = 0;
  private batchesPerMs = 0;
  /** A moment at which every number was finite, and the one before it: never the last step itself. */
  private checkpoints: readonly [Checkpoint, Checkpoint];
  private checkpointMs = 0;

  /**
   * Takes over `network`, whose outputs and precision `prepared` can serve; {@link dispose} frees it.
   * @throws ProblemError if `resume` does not belong to this network and data
   */
  constructor(network: CompiledNetwork, experiment: Experiment, outputs: number, prepared: Data, resume?: RunState) {
    this.network = network;
    this.prepared = prepared;
    this.current = experiment;
    this.outputs = outputs;
    const bind = (part: Part): Targets | null => {
      const examples = this.prepared.bindable(part, ...this.wanted);
      if (examples === null) return null;
      network.bindExamples(part, examples);
      // The network has the inputs: of a large table, a second copy would be half the memory.
      return { count: examples.count, y: examples.y };
    };
    this.targets = { train: bind('train'), dev: bind('dev'), test: bind('test') };
    this.measures = new Measures(network, prepared, this.targets);
    this.walk = new Walk(network, experiment.training, this.targets.train?.count ?? 0);
    if (resume !== undefined) this.restore(resume);
    this.judgement = new Judgement(experiment.training, resume?.judgedFrom ?? 0, this.history);
    this.walk.plateaus = this.judgement.plateaus;
    const checkpoint = this.walk.checkpoint();
    this.checkpoints = [checkpoint, checkpoint];
  }

  get experiment(): Experiment {
    return this.current;
  }

  /** The points of the curves so far, and why the loss stopped being a number. */
  get course(): { readonly history: readonly EpochRecord[]; readonly problem: Problem | null } {
    return { history: this.history, problem: this.problem };
  }

  buildInfo(parameters: number, simd: BuildInfo['simd']): BuildInfo {
    const { backend, threads, memoryBytes } = this.network;
    return { parameters, backend, threads, memoryBytes, batchesPerEpoch: this.walk.batches, simd };
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
      const first = this.walk.batchInEpoch;
      const ran = this.runBatches(most);
      const tookMs = performance.now() - before;
      trainingMs += tookMs;
      stepsLeft -= ran;
      examples += this.examplesIn(first, ran);
      if (ran > 0 && tookMs > 0) this.batchesPerMs = ran / tookMs;
      this.checkpointMs += tookMs;
      if (this.problem !== null) break;
      if (this.walk.batchInEpoch === this.walk.batches) this.finishEpoch();
      else if (this.checkpointMs > CHECKPOINT_MS) this.takeCheckpoint(false);
    }
    return this.report(performance.now() - started, trainingMs > 0 ? (examples / trainingMs) * 1000 : 0);
  }

  /** New learning rate, optimizer, λ or number of epochs; after a divergence it may go on with the last finite weights. */
  changeTraining(training: TrainingSpec): Outcome<null> {
    const fixed = (['batchSize', 'seed', 'classWeights'] as const).find(
      (name) => !sameValue(training[name], this.current.training[name]),
    );
    if (fixed !== undefined) {
      return fail({
        code: 'training/needs-reset',
        message: 'Batch size, seed of the order and class weights cannot change in the middle of a run.',
        hint: 'Reset the run to train with them from the start.',
        path: `training.${fixed}`,
      });
    }
    const before = this.current.training;
    this.current = { ...this.current, training };
    this.walk.changeTraining(training);
    const { optimizer, ...others } = training;
    const kept = [optimizer.learningRate === before.optimizer.learningRate];
    for (const name of ['schedule', 'earlyStopping', 'epochs'] as const) {
      kept.push(sameValue(others[name], before[name]));
    }
    if (kept.includes(false)) this.judgeFromHere();
    this.goOnFromHere();
    return succeed(null);
  }

  /** See `TrainerApi.restoreBest`. */
  restoreBest(): Outcome<BestEpoch> {
    const { epoch } = this.best;
    if (epoch === null) {
      return fail({
        code: 'run/no-best',
        message: 'No epoch of this run has been measured yet.',
        hint: 'Train for an epoch first.',
      });
    }
    this.best.putBack(this.network);
    if (this.stopped !== 'early') this.judgeFromHere();
    this.goOnFromHere();
    return succeed(epoch);
  }

  /** Takes what the network and the settings are now for the start of what follows: what led here is not walked again. */
  goOnFromHere(): void {
    this.problem = null;
    this.status = this.statusNow();
    this.takeCheckpoint(true);
  }

  evaluate(): Evaluations {
    const { measures } = this;
    return { train: measures.train(), dev: measures.of('dev'), test: measures.of('test') };
  }

  /** See `TrainerApi.assess`. */
  assess(part: Part): Outcome<Assessment> {
    return this.measures.assess(part);
  }

  state(): RunState {
    const { best, stopped, status } = this;
    const { from: judgedFrom } = this.judgement;
    const walked = { ...this.walk.checkpoint(), ...epochLength(this.walk) };
    return { ...walked, status, history: [...this.history], best: best.state, stopped, judgedFrom };
  }

  dispose(): void {
    this.network.dispose();
  }

  private restore(state: RunState): void {
    checkPosition(state, this.walk.batches);
    this.walk.goTo(state);
    this.history.push(...state.history);
    this.reported = this.history.length;
    this.best = new BestWeights(state.best);
    this.stopped = state.stopped === 'early' ? 'early' : null;
    this.walk.lastRate = state.history.at(-1)?.learningRate ?? null;
    this.status = state.status === 'diverged' ? 'diverged' : this.statusNow();
    if (this.status === 'diverged') this.problem = divergedBefore(state.step);
  }

  private statusNow(): RunStatus {
    const { epoch, step } = this.walk;
    if (this.stopped === 'early') return 'finished';
    this.stopped = epoch >= this.current.training.epochs ? 'epochs' : null;
    if (this.stopped !== null) return 'finished';
    return step === 0 ? 'ready' : 'training';
  }

  /** Another rate, schedule or patience is given a fair trial. */
  private judgeFromHere(): void {
    this.stopped = null;
    this.judgeFrom(this.walk.epoch);
  }

  private judgeFrom(epoch: number): void {
    this.judgement = new Judgement(this.current.training, epoch, this.history);
    this.walk.plateaus = this.judgement.plateaus;
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
    const { batches, finite } = this.walk.run(most);
    this.status = 'training';
    if (!finite) this.diverge();
    return batches;
  }

  private examplesIn(first: number, batches: number): number {
    const { batchSize } = this.current.training;
    return Math.min((first + batches) * batchSize, this.targets.train?.count ?? 0) - first * batchSize;
  }

  private finishEpoch(): void {
    this.walk.nextEpoch();
    const { plateaus } = this.walk;
    this.record();
    if (this.problem !== null) return;
    if (this.judgement.stops) {
      this.stopped = 'early';
      this.best.putBack(this.network);
    }
    // A stretch that is walked again must have one learning rate of the plateaus throughout.
    const anew = this.walk.plateaus !== plateaus;
    if (anew || this.checkpointMs > CHECKPOINT_MS) this.takeCheckpoint(anew);
    this.status = this.statusNow();
  }

  /** Adds a point to the curves; a loss that is no number ends the run instead. */
  private record(): void {
    const { epoch, step, lastRate, lastNorm } = this.walk;
    const train = this.measures.train();
    const dev = this.measures.of('dev');
    for (const [part, metrics] of [
      ['train', train],
      ['dev', dev],
    ] as const) {
      if (metrics === null || isFinite(metrics)) continue;
      this.status = 'diverged';
      this.problem = this.describeBadData(part) ?? this.describeLoss(part, metrics.loss);
      this.fallBack();
      return;
    }
    const rate = step === 0 || lastRate === null ? {} : { learningRate: lastRate };
    const norm = step === 0 || lastNorm === null ? {} : { gradientNorm: lastNorm };
    const record: EpochRecord = { epoch, step, train, dev, ...rate, ...norm };
    this.history.push(record);
    this.best.observe(record, this.network);
    this.judgement.observe(record);
    this.walk.plateaus = this.judgement.plateaus;
  }

  /** Says what stopped being finite in the update that was not made, with the network as it was before it. */
  private diverge(): void {
    const { network, walk, outputs } = this;
    const train = this.prepared.bindable('train', ...this.wanted)!;
    const { step } = walk;
    this.status = 'diverged';
    const { inputShape } = this.prepared.preprocessing;
    const scene = { network, walk, train, inputShape, outputs };
    const [last, earlier] = this.checkpoints;
    const culprit = findCulprit(scene, last.step < step ? last : earlier, step);
    const inData = culprit.name === 'x' || culprit.name === 'y' ? this.describeBadData('train') : null;
    this.problem = inData ?? describeDivergence(culprit, step + 1, this.current);
  }

  /** How the network wants its examples. */
  private get wanted(): [outputs: number, Precision, ClassWeights] {
    return [this.outputs, this.network.precision, this.current.training.classWeights];
  }

  private describeBadData(part: Part): Problem | null {
    return describeBadData(this.prepared.examples(part, ...this.wanted)!, partInWords(part));
  }

  private describeLoss(part: Part, loss: number): Problem {
    const culprit = { name: 'loss', value: loss, index: 0, before: this.history.at(-1)?.train.loss ?? null };
    const problem = describeDivergence(culprit, this.walk.step, this.current);
    return { ...problem, message: problem.message.replace('the loss', `the loss of the ${partInWords(part)} part`) };
  }

  /** What is kept beside the trained parameters may have gone too far without an update to notice it. */
  private fallBack(): void {
    const finite = this.network.parameters().every(({ values }) => values.every(Number.isFinite));
    if (!finite) this.walk.goTo(this.checkpoints[0]);
  }

  /** @param anew whether what lies before was walked with other settings */
  private takeCheckpoint(anew: boolean): void {
    this.checkpointMs = 0;
    const checkpoint = this.walk.checkpoint();
    this.checkpoints = [checkpoint, anew ? checkpoint : this.checkpoints[0]];
  }

  private report(ms: number, examplesPerSecond: number): Progress {
    const records = this.history.slice(this.reported);
    this.reported = this.history.length;
    const { epoch, step, batchInEpoch, batches } = this.walk;
    return {
      status: this.status,
      epoch,
      epochs: this.current.training.epochs,
      step,
      batchInEpoch,
      batchesPerEpoch: batches,
      records,
      ms,
      examplesPerSecond,
      problem: this.problem,
      learningRate:
        this.status === 'finished' ? (this.walk.lastRate ?? this.walk.learningRate) : this.walk.learningRate,
      best: this.best.epoch,
      stopped: this.stopped,
    };
  }
}

function isFinite({ loss, rmse }: Metrics): boolean {
  return Number.isFinite(loss) && (rmse === null || Number.isFinite(rmse));
}

function partInWords(part: Part): string {
  return part === 'train' ? 'training' : part;
}
