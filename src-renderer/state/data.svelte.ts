import type { DataSpec, DataSummary, LoadProgress, Outcome, Problem } from '../../src-worker/api';
import { fail } from '../../src-worker/problem';
import type { TrainerClient } from '../trainer-client';
import { NO_FILES, type DataFiles } from './experiment.svelte';

/** Of the problem that a document's files are not in memory. */
const DATA_MISSING = 'window/data-missing';

/** The data as the worker holds it: its summary, or why the document's data could not be had. */
export class DataState {
  /** Of what is loaded; null until the first load. Stays as it was when a load fails. */
  summary = $state.raw<DataSummary | null>(null);
  loading = $state(false);
  /** How far the load under way is; null while there is none, or while it has said nothing yet. */
  progress = $state.raw<LoadProgress | null>(null);
  /** Why the document's data is not what is loaded; empty when it is. */
  problems = $state.raw<readonly Problem[]>([]);

  readonly #trainer: TrainerClient;
  #loadedFiles: DataFiles | null = null;
  #preparedSpec: DataSpec | null = null;

  constructor(trainer: TrainerClient) {
    this.#trainer = trainer;
    trainer.onLoadProgress = (progress) => {
      if (this.loading) this.progress = progress;
    };
  }

  /** True when the document names files that are not in memory: opened from a document without its data. */
  static filesMissing(spec: DataSpec, { files }: DataFiles): boolean {
    return 'files' in spec.source && files.length === 0;
  }

  /** True while the document's files are not in memory; false too where they are here and cannot be used as it says. */
  get lacksFiles(): boolean {
    return this.problems.some(({ code }) => code === DATA_MISSING);
  }

  /** Whether {@link summary} is of these very files or this sample, if perhaps as they were last usable. */
  holds(spec: DataSpec, files: DataFiles): boolean {
    return this.summary !== null && this.#sameSource(spec, files);
  }

  /** Loads new data. On failure everything stays as it was, the summary and the problems too. */
  async load(spec: DataSpec, files: DataFiles): Promise<Outcome<DataSummary>> {
    this.loading = true;
    this.progress = null;
    const outcome = await this.#trainer.loadData(spec, files.files, files.testFiles);
    this.loading = false;
    this.progress = null;
    if (outcome.ok) this.#accept(outcome.value, spec, files);
    return outcome;
  }

  /** Ends the load under way; what was loaded before stays. */
  cancel(): void {
    if (this.loading) this.#trainer.cancelLoad();
  }

  /** Brings what is loaded in line with the document, after an edit, an undo or a redo; {@link problems} says if it failed. */
  async follow(spec: DataSpec, files: DataFiles): Promise<void> {
    if (this.#isPrepared(spec, files)) {
      this.problems = [];
      return;
    }
    const outcome = await this.#bringIn(spec, files);
    if (!outcome.ok) this.problems = outcome.problems;
  }

  async #bringIn(spec: DataSpec, files: DataFiles): Promise<Outcome<DataSummary>> {
    if (DataState.filesMissing(spec, files)) return fail(missingFiles(spec));
    if (!this.#sameSource(spec, files)) return this.load(spec, files);
    const outcome = await this.#trainer.prepareData(spec);
    if (outcome.ok) this.#accept(outcome.value, spec, files);
    return outcome;
  }

  #accept(summary: DataSummary, spec: DataSpec, files: DataFiles): void {
    this.summary = summary;
    this.problems = [];
    this.#preparedSpec = spec;
    this.#loadedFiles = files;
  }

  #isPrepared(spec: DataSpec, files: DataFiles): boolean {
    return this.#sameSource(spec, files) && JSON.stringify(spec) === JSON.stringify(this.#preparedSpec);
  }

  #sameSource(spec: DataSpec, files: DataFiles): boolean {
    if (this.#preparedSpec === null) return false;
    const sameFiles = 'sample' in spec.source || (this.#loadedFiles ?? NO_FILES) === files;
    return sameFiles && JSON.stringify(spec.source) === JSON.stringify(this.#preparedSpec.source);
  }
}

function missingFiles(spec: DataSpec): Problem {
  const names = 'files' in spec.source ? [...spec.source.files, ...spec.source.testFiles] : [];
  return {
    code: DATA_MISSING,
    message: `The data is not here: ${names.join(', ')}.`,
    hint: `Drop ${names.length === 1 ? 'that file' : 'those files'} on the window to go on.`,
    path: 'data.source',
  };
}
