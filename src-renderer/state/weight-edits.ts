import type { ParameterEdit } from '../../src-worker/api';
import type { ExperimentState } from './experiment.svelte';

/** Weights set by hand, as steps of undo: the document does not say them, so each begins an era of its own. */
export class WeightEdits {
  readonly #experiment: ExperimentState;

  constructor(experiment: ExperimentState) {
    this.#experiment = experiment;
  }

  /**
   * Sets a number; typing on in the same field is one step.
   * @param label as the undo button says it: `Set W[1] 2,1`
   */
  set(edit: ParameterEdit, label: string): void {
    const field = `${edit.name}[${edit.index}]`;
    this.#experiment.edit(label, (document) => document, { field, enters: { kind: 'parameter', edit } });
  }

  /** The field was left: the next number typed is another edit. */
  seal(): void {
    this.#experiment.seal();
  }
}
