import type { Outcome } from '../../src-worker/api';
import { fail, succeed } from '../../src-worker/problem';
import { formatBytes } from '../format';
import { enterMoment, type RunWindow } from './earlier-runs';
import type { TrainedMoment } from './moments';
import { stateBytes } from './state-bytes';

/** A moment of a run that somebody named: the document and all that it takes to go on from there. */
export interface Checkpoint {
  readonly id: number;
  readonly name: string;
  readonly kept: TrainedMoment;
}

/** Bytes of weights and optimizer state that all checkpoints together may take. None is ever dropped to make room. */
const CAPACITY_BYTES = 512 * 2 ** 20;

/** Moments kept by name until they are deleted. */
export class CheckpointsState {
  /** The newest first. */
  list = $state.raw<readonly Checkpoint[]>([]);
  readonly bytes = $derived(stateBytes(this.list.map(({ kept }) => kept.moment.state)));
  readonly #app: RunWindow;
  readonly #capacity: number;
  #next = 1;

  constructor(app: RunWindow, capacityBytes = CAPACITY_BYTES) {
    this.#app = app;
    this.#capacity = capacityBytes;
  }

  /** Keeps the run as it stands, named by its epoch. Training goes on. Fails where all checkpoints would take too much memory. */
  async save(): Promise<Outcome<Checkpoint | null>> {
    await this.#app.settled();
    const outcome = await this.#app.run.keep();
    if (!outcome.ok) return outcome;
    const kept = outcome.value;
    if (kept === null) return succeed(null);
    const { state } = kept.moment;
    const bytes = stateBytes([state]);
    if (this.bytes + bytes > this.#capacity) return this.#full(bytes);
    const id = this.#next++;
    const checkpoint = { id, name: `Checkpoint ${id}, epoch ${state.epoch.toLocaleString('en')}`, kept };
    this.list = [checkpoint, ...this.list];
    return succeed(checkpoint);
  }

  /** Brings back checkpoints of an earlier window, the newest first. */
  bringBack(checkpoints: readonly Pick<Checkpoint, 'name' | 'kept'>[]): void {
    const back = [...checkpoints].reverse().map((checkpoint) => ({ ...checkpoint, id: this.#next++ }));
    this.list = [...this.list, ...back].sort((a, b) => b.id - a.id);
  }

  /** Document and weights as they were; a step of undo. */
  restore({ name, kept }: Checkpoint): Promise<void> {
    return enterMoment(this.#app, `Restore ${name}`, kept);
  }

  rename(id: number, name: string): void {
    if (name.trim() === '') return;
    this.list = this.list.map((each) => (each.id === id ? { ...each, name: name.trim() } : each));
  }

  /** @returns puts it back */
  delete(id: number): () => void {
    const gone = this.list.find((each) => each.id === id);
    this.list = this.list.filter((each) => each !== gone);
    return () => {
      if (gone !== undefined && !this.list.includes(gone)) this.list = [...this.list, gone].sort((a, b) => b.id - a.id);
    };
  }

  #full(bytes: number): Outcome<never> {
    const [takes, room] = [formatBytes(this.bytes), formatBytes(this.#capacity)];
    return fail({
      code: 'window/checkpoints-full',
      message: `This checkpoint needs ${formatBytes(bytes)}; checkpoints have room for ${room}, of which ${takes} are taken.`,
      hint: 'Delete a checkpoint, or save the project, which keeps these weights in a file.',
    });
  }
}
