import { batchesPerEpoch, epochOrder } from '../../batches';
import type { CompiledNetwork } from '../../engine';
import type { TrainingSpec } from '../../experiment/document';
import { averaged, neighboursOf, proposeRate } from './propose-rate';
import type { RateSearchPlan, RateSearchRequest, RateSearchState } from './rate-finder-types';

/** One pass through the data has as many updates as it has batches; of few or very many, so many are made. */
const FEWEST_UPDATES = 100;
const MOST_UPDATES = 300;
/** The search ends where the average of the last losses is so many times the lowest that it was. */
const TOO_HIGH = 4;

/** Trains a network of its own while the learning rate rises by the same factor with each update, and keeps the losses. */
export class RateSearch {
  readonly plan: RateSearchPlan;
  readonly #network: CompiledNetwork;
  readonly #training: TrainingSpec;
  readonly #examples: number;
  readonly #rates: Float64Array;
  readonly #losses: number[] = [];
  #epoch: number;
  #lowest = Infinity;
  #ended: RateSearchState['ended'] = null;

  /**
   * @param network with the weights to begin at, and the training examples bound; taken over, see {@link dispose}
   * @param epoch whose order of the examples is the first, from 1
   */
  constructor(
    network: CompiledNetwork,
    training: TrainingSpec,
    examples: number,
    epoch: number,
    { from, to }: RateSearchRequest,
  ) {
    this.#network = network;
    this.#training = training;
    this.#examples = examples;
    this.#epoch = epoch - 1;
    const batches = batchesPerEpoch(examples, training.batchSize);
    const updates = Math.min(Math.max(batches, FEWEST_UPDATES), MOST_UPDATES);
    this.plan = { updates, passes: updates / batches };
    this.#rates = Float64Array.from({ length: updates }, (_, i) => from * (to / from) ** (i / (updates - 1)));
  }

  /** See `RateFinderApi.advanceRateSearch`. */
  advance(ms: number): RateSearchState {
    const end = performance.now() + ms;
    do {
      if (this.#ended === null) this.#update();
    } while (this.#ended === null && performance.now() < end);
    return this.#state();
  }

  dispose(): void {
    this.#network.dispose();
  }

  #update(): void {
    const done = this.#losses.length;
    const { batchSize, seed, optimizer, l2, l1, clipNorm } = this.#training;
    const batches = batchesPerEpoch(this.#examples, batchSize);
    const batch = done % batches;
    if (batch === 0) {
      this.#epoch += 1;
      this.#network.setOrder(epochOrder(seed, this.#epoch, this.#examples), this.#epoch);
    }
    const learningRate = this.#rates[done]!;
    this.#network.setTraining({ optimizer: { ...optimizer, learningRate }, l2, l1, clipNorm });
    const { batches: made, lossSum } = this.#network.runBatches(batch, 1);
    const loss = lossSum / Math.min(batchSize, this.#examples - batch * batchSize);
    if (made === 0 || !Number.isFinite(loss)) {
      this.#ended = 'not-finite';
      return;
    }
    this.#losses.push(loss);
    if (this.#roseTooFar()) this.#ended = 'rose';
    else if (this.#losses.length === this.#rates.length) this.#ended = 'end';
  }

  #roseTooFar(): boolean {
    const last = this.#losses.slice(-neighboursOf(this.plan.updates));
    const mean = last.reduce((sum, loss) => sum + loss, 0) / last.length;
    this.#lowest = Math.min(this.#lowest, mean);
    return mean > TOO_HIGH * this.#lowest;
  }

  #state(): RateSearchState {
    const losses = Float64Array.from(this.#losses);
    const rates = this.#rates.slice(0, losses.length);
    const reach = neighboursOf(this.plan.updates);
    const proposal = this.#ended === null ? null : proposeRate(rates, losses, reach);
    return { rates, losses, smoothed: averaged(losses, reach), ended: this.#ended, proposal };
  }
}
