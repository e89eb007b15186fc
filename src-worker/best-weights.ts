import type { BestEpoch, EpochRecord, RunState } from './api';
import type { CompiledNetwork } from './engine';
import { copyTensors } from './named-tensors';
import type { NamedTensor } from './tensor';

/** Keeps the parameters of the epoch with the lowest dev loss, or training loss where there is no dev part. */
export class BestWeights {
  private kept: (BestEpoch & { readonly parameters: readonly NamedTensor[] }) | null;

  constructor(saved: RunState['best'] = null) {
    this.kept = saved;
  }

  /** Copies, which the receiver owns: those kept here must survive that the receiver's move to another thread. */
  get state(): (BestEpoch & { readonly parameters: readonly NamedTensor[] }) | null {
    return this.kept === null ? null : { ...this.kept, parameters: copyTensors(this.kept.parameters) };
  }

  get epoch(): BestEpoch | null {
    if (this.kept === null) return null;
    const { epoch, loss, part } = this.kept;
    return { epoch, loss, part };
  }

  /** Copies the parameters where the record, taken at them, is lower than every one before. */
  observe(record: EpochRecord, network: CompiledNetwork): void {
    const { loss } = record.dev ?? record.train;
    if (this.kept !== null && !(loss < this.kept.loss)) return;
    const part = record.dev === null ? 'train' : 'dev';
    this.kept = { epoch: record.epoch, loss, part, parameters: network.parameters() };
  }

  /** Puts them back and begins the optimizer's arrays anew, which belong to other weights. */
  putBack(network: CompiledNetwork): void {
    if (this.kept === null) return;
    network.setParameters(this.kept.parameters);
    network.setOptimizerState(network.optimizerState().map((each) => ({ ...each, values: each.values.map(() => 0) })));
  }
}
