import { batchesPerEpoch, epochOrder } from './batches';
import type { CompiledNetwork } from './engine';
import type { TrainingSpec } from './experiment/document';
import { schedules, type ScheduleDefinition, type SchedulePlace } from './schedules';
import type { NamedTensor } from './tensor';

/** A moment of a walk, with all that it takes to go on from there. */
export interface Checkpoint {
  readonly parameters: readonly NamedTensor[];
  readonly optimizer: readonly NamedTensor[];
  readonly epoch: number;
  readonly step: number;
  readonly batchInEpoch: number;
}

export interface Stretch {
  /** Updates made. */
  readonly batches: number;
  /** False where the update behind them met what is not a finite number. */
  readonly finite: boolean;
  /** True where that left the weights other than they were; see `BatchesRun.spoiled`. */
  readonly spoiled: boolean;
}

/**
 * A network on its way through the batches of its epochs: which batch is next, in which order, at which learning rate. The
 * weights after step n are a function of the settings and n, so that any stretch can be walked again from a checkpoint.
 */
export class Walk {
  readonly batches: number;
  epoch = 0;
  step = 0;
  batchInEpoch = 0;
  /** Plateaus of the loss so far, for the schedule that reduces on them. */
  plateaus = 0;
  /** Of the last update; null before the first. */
  lastRate: number | null = null;
  /** Of the gradient in the last batch of the last epoch that was walked to its end. */
  lastNorm: number | null = null;
  private readonly network: CompiledNetwork;
  private readonly examples: number;
  private training: TrainingSpec;
  /** The epoch whose order the network holds, and the rate that it was given. */
  private orderedEpoch = 0;
  private givenRate: number;

  /** @param examples in the training part, which is bound to the network */
  constructor(network: CompiledNetwork, training: TrainingSpec, examples: number) {
    this.network = network;
    this.training = training;
    this.givenRate = training.optimizer.learningRate;
    this.examples = examples;
    this.batches = batchesPerEpoch(examples, training.batchSize);
  }

  /** Of the next update. */
  get learningRate(): number {
    const { schedule, optimizer } = this.training;
    const definition: ScheduleDefinition = schedules[schedule.kind];
    return definition.rate(schedule, optimizer.learningRate, this.place);
  }

  /** Takes effect with the next update. */
  changeTraining(training: TrainingSpec): void {
    this.training = training;
    this.giveRate(this.learningRate);
  }

  /** Which examples the next batch has. */
  nextBatch(): Uint32Array {
    const { batchSize, seed } = this.training;
    const order = epochOrder(seed, this.epoch + 1, this.examples);
    return order.subarray(this.batchInEpoch * batchSize, (this.batchInEpoch + 1) * batchSize);
  }

  /** Makes up to `most` updates, none of them behind the end of the epoch. */
  run(most: number): Stretch {
    this.bringOrder();
    const { schedule } = this.training;
    const definition: ScheduleDefinition = schedules[schedule.kind];
    const first = this.batchInEpoch;
    const end = Math.min(this.batches, first + most);
    while (this.batchInEpoch < end) {
      const rate = this.learningRate;
      if (rate !== this.givenRate) this.giveRate(rate);
      const count = definition.holds(schedule, this.place) ? end - this.batchInEpoch : 1;
      const closes = this.batchInEpoch + count === this.batches;
      const { batches, finite, spoiled, gradientNorm } = this.network.runBatches(this.batchInEpoch, count, closes);
      this.step += batches;
      this.batchInEpoch += batches;
      if (batches > 0) this.lastRate = rate;
      if (closes && finite) this.lastNorm = gradientNorm;
      if (!finite) return { batches: this.batchInEpoch - first, finite, spoiled };
    }
    return { batches: this.batchInEpoch - first, finite: true, spoiled: false };
  }

  /** To the start of the next epoch, once all batches of this one are done. */
  nextEpoch(): void {
    this.epoch += 1;
    this.batchInEpoch = 0;
  }

  /** Walks on until so many updates have been made; false where that is not possible. */
  walkTo(step: number): boolean {
    while (this.step < step) {
      if (!this.run(step - this.step).finite) return false;
      if (this.batchInEpoch === this.batches) this.nextEpoch();
    }
    return true;
  }

  checkpoint(): Checkpoint {
    const { network, epoch, step, batchInEpoch } = this;
    return { parameters: network.parameters(), optimizer: network.optimizerState(), epoch, step, batchInEpoch };
  }

  /** @throws ProblemError if the arrays do not belong to this network */
  goTo({ parameters, optimizer, epoch, step, batchInEpoch }: Checkpoint): void {
    this.network.setParameters(parameters);
    // Weights that another program trained bring none: the optimizer begins anew.
    if (optimizer.length > 0) this.network.setOptimizerState(optimizer);
    this.network.setStep(step);
    this.epoch = epoch;
    this.step = step;
    this.batchInEpoch = batchInEpoch;
  }

  private get place(): SchedulePlace {
    const { epoch, batchInEpoch, batches: batchesPerEpoch, plateaus } = this;
    return { epoch, batchInEpoch, batchesPerEpoch, epochs: this.training.epochs, plateaus };
  }

  private bringOrder(): void {
    const epoch = this.epoch + 1;
    if (this.orderedEpoch === epoch) return;
    this.network.setOrder(epochOrder(this.training.seed, epoch, this.examples), epoch);
    this.orderedEpoch = epoch;
  }

  private giveRate(learningRate: number): void {
    const { optimizer, l2, l1, clipNorm } = this.training;
    this.network.setTraining({ optimizer: { ...optimizer, learningRate }, l2, l1, clipNorm });
    this.givenRate = learningRate;
  }
}
