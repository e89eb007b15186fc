import type { Experiment, Outcome, RunState } from '../../src-worker/api';
import { succeed } from '../../src-worker/problem';
import type { AppState } from './app.svelte';
import type { DataFiles } from './experiment.svelte';

/** A moment of a run that somebody named: the document and all that it takes to go on from there. */
export interface Checkpoint {
  readonly id: number;
  readonly name: string;
  readonly document: Experiment;
  readonly files: DataFiles;
  readonly state: RunState;
}

/** Moments kept by name until they are deleted. */
export class CheckpointsState {
  /** The newest first. */
  list = $state.raw<readonly Checkpoint[]>([]);
  readonly #app: AppState;
  #next = 1;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Keeps the run as it stands, named by its epoch. Training goes on. */
  async save(): Promise<Outcome<Checkpoint>> {
    await this.#app.settled();
    const outcome = await this.#app.trainer.moment();
    if (!outcome.ok) return outcome;
    const { state } = outcome.value;
    const id = this.#next++;
    const { document, files } = this.#app.run.built ?? this.#app.experiment.current;
    const checkpoint = {
      id,
      name: `Checkpoint ${id}, epoch ${state.epoch.toLocaleString('en')}`,
      document,
      files,
      state,
    };
    this.list = [checkpoint, ...this.list];
    return succeed(checkpoint);
  }

  /** Document and weights as they were; a step of undo. */
  restore({ name, document, files, state }: Checkpoint): Promise<void> {
    this.#app.experiment.edit(`Restore ${name}`, () => document, { files, enters: { kind: 'state', state } });
    return this.#app.settled();
  }

  rename(id: number, name: string): void {
    if (name.trim() === '') return;
    this.list = this.list.map((each) => (each.id === id ? { ...each, name: name.trim() } : each));
  }

  /** @returns puts it back */
  delete(id: number): () => void {
    const index = this.list.findIndex((each) => each.id === id);
    const [gone] = this.list.slice(index, index + 1);
    this.list = this.list.filter((each) => each !== gone);
    return () => {
      if (gone !== undefined && !this.list.includes(gone)) this.list = [...this.list, gone].sort((a, b) => b.id - a.id);
    };
  }
}
