import type { Experiment, ParameterChange, ParameterEdit } from '../../src-worker/api';
import type { AppState } from './app.svelte';

/** A weight set by hand, as the version of the document that stands for it remembers it. */
interface WeightEdit {
  readonly change: ParameterChange;
  /** The document of the version before: an undo leads from the one to the other. */
  readonly before: Experiment;
  readonly field: string;
}

/**
 * Weights set by hand in the history of edits. The document does not say them, so each is a version of its own with an equal document;
 * undo from it puts the number back that was there, redo the one that was set.
 */
export class WeightEdits {
  readonly #app: AppState;
  readonly #edits = new WeakMap<Experiment, WeightEdit>();
  #document: Experiment;
  /** The field that is being typed into: its edits are one. */
  #typing: string | null = null;

  constructor(app: AppState) {
    this.#app = app;
    this.#document = app.experiment.document;
    app.experiment.onChange(() => this.#follow());
  }

  /**
   * Sets a number, as a step of undo.
   * @param label as the undo button says it: `Set W[1] 2,1`
   */
  async set(edit: ParameterEdit, label: string): Promise<void> {
    const { experiment } = this.#app;
    const outcome = await this.#app.run.setParameter(edit);
    if (!this.#app.report('The weight was not set', outcome)) return;
    const field = `${edit.name}[${edit.index}]`;
    const before = experiment.document;
    const open = this.#typing === field ? this.#edits.get(before) : undefined;
    const document = { ...before };
    const change = open === undefined ? outcome.value : { ...outcome.value, before: open.change.before };
    this.#edits.set(document, { change, before: open?.before ?? before, field });
    this.#typing = field;
    this.#document = document;
    experiment.edit(label, () => document, { field });
  }

  /** The field was left: the next number typed is another edit. */
  seal(): void {
    this.#typing = null;
    this.#app.experiment.seal();
  }

  #follow(): void {
    const from = this.#document;
    const to = this.#app.experiment.document;
    this.#document = to;
    if (from === to) return;
    this.#typing = null;
    const undone = this.#edits.get(from);
    if (undone?.before === to) this.#put(undone.change, undone.change.before);
    const redone = this.#edits.get(to);
    if (redone?.before === from) this.#put(redone.change, redone.change.value);
  }

  #put({ name, index }: ParameterChange, value: number): void {
    // Where the network was rebuilt meanwhile the number may have no place any more: then there is nothing to put back.
    void this.#app.run.setParameter({ name, index, value });
  }
}
