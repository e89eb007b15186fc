import type { Experiment, RunState } from '../../src-worker/api';
import type { DataFiles } from './experiment.svelte';

/** What a run is built from: the document and the very files its source names. */
export interface Subject {
  readonly document: Experiment;
  readonly files: DataFiles;
  /** Which experiment it is: the same document begun anew is another one, with weights of its own. */
  readonly origin: number;
}

/** Runs that are kept for an undo; more would hold memory for structures nobody goes back to. */
const CAPACITY = 4;

const fileIds = new WeakMap<DataFiles, number>();
let nextFileId = 1;

/** A file of the same name may hold other rows: identity counts, not the name. */
function idOf(files: DataFiles): number {
  const known = fileIds.get(files);
  if (known !== undefined) return known;
  fileIds.set(files, nextFileId);
  return nextFileId++;
}

/** What a run cannot change without being built again: everything but the live training settings and the name. */
export function structureOf({ document, files, origin }: Subject): string {
  const { data, network, training } = document;
  return JSON.stringify([origin, data, network, training.batchSize, training.seed, training.classWeights, idOf(files)]);
}

/** Trained states put aside when a network is rebuilt, so that undoing the edit brings its weights and curves back. */
export class RunShelf {
  readonly #states = new Map<string, RunState>();

  put(subject: Subject, state: RunState): void {
    const key = structureOf(subject);
    this.#states.delete(key);
    this.#states.set(key, state);
    const oldest = this.#states.keys().next();
    if (this.#states.size > CAPACITY && !oldest.done) this.#states.delete(oldest.value);
  }

  has(subject: Subject): boolean {
    return this.#states.has(structureOf(subject));
  }

  /** Hands out and forgets the state of a run of the same structure. */
  take(subject: Subject): RunState | undefined {
    const key = structureOf(subject);
    const state = this.#states.get(key);
    this.#states.delete(key);
    return state;
  }
}
