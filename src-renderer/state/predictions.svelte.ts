import type { FilePredictions } from '../../src-worker/api';
import type { AppState } from './app.svelte';

/** Answers of the present network to the rows of a file, as the dialog shows them. */
export class PredictionsState {
  answers = $state.raw<FilePredictions | null>(null);
  asking = $state(false);
  #files: readonly File[] = [];
  readonly #app: Pick<AppState, 'trainer' | 'dialogs' | 'report'>;

  constructor(app: Pick<AppState, 'trainer' | 'dialogs' | 'report'>) {
    this.#app = app;
  }

  /** The files that were answered. */
  get files(): readonly File[] {
    return this.#files;
  }

  /** Answers a file with the weights of this moment and shows that; training goes on. */
  async answer(files: readonly File[]): Promise<void> {
    if (this.asking || files.length === 0) return;
    this.asking = true;
    const outcome = await this.#app.trainer.predictFile(files);
    this.asking = false;
    if (!this.#app.report(`${files[0]?.name ?? 'The file'} was not answered`, outcome)) return;
    this.#files = files;
    this.answers = outcome.value;
    this.#app.dialogs.open('predictions');
  }
}
