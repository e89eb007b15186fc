import type { Experiment } from '../../src-worker/api';

/** The dropped files that a document's file source stands for; kept in memory because a document stores names only. */
export interface DataFiles {
  readonly files: readonly File[];
  readonly testFiles: readonly File[];
}

export const NO_FILES: DataFiles = { files: [], testFiles: [] };

/** One state of the document that undo can return to. */
interface Version {
  readonly document: Experiment;
  readonly files: DataFiles;
  /** What the edit that led here did, such as `Add layer`; empty for the first version. */
  readonly label: string;
  /** Edits in a row of the same field become one step of undo. */
  readonly field: string | null;
  /** Shared by all versions that were edited out of one beginning: a load, an opened project. */
  readonly origin: number;
}

export interface EditOptions {
  /** Path of the field being typed into; further edits of it are folded into this one until {@link ExperimentState.seal}. */
  readonly field?: string;
  /** The files of the new document's source; left out, they stay. */
  readonly files?: DataFiles;
  /** Another experiment begins: what belonged to the one before, such as its file on disk, does not belong to it. */
  readonly begins?: boolean;
}

/** Steps of undo that are kept. A document is a few kilobytes and its versions share what did not change. */
const MAX_VERSIONS = 500;

/** The experiment document and its history: immutable versions, so that undo is moving an index. */
export class ExperimentState {
  #versions = $state.raw<readonly Version[]>([]);
  #index = $state(0);
  #nextOrigin = 1;
  readonly #listeners: (() => void)[] = [];

  constructor(document: Experiment, files: DataFiles = NO_FILES) {
    this.#versions = [{ document, files, label: '', field: null, origin: this.#nextOrigin++ }];
  }

  /** The document with its files and origin, as it is now: what a run is built from. */
  get current(): Pick<Version, 'document' | 'files' | 'origin'> {
    return this.#current;
  }

  get document(): Experiment {
    return this.#current.document;
  }

  get files(): DataFiles {
    return this.#current.files;
  }

  /** Stays the same through edits, and comes back with an undo, as long as it is the same experiment. */
  get origin(): number {
    return this.#current.origin;
  }

  get canUndo(): boolean {
    return this.#index > 0;
  }

  get canRedo(): boolean {
    return this.#index < this.#versions.length - 1;
  }

  /** What undo would take back; empty where there is nothing. */
  get undoLabel(): string {
    return this.canUndo ? this.#current.label : '';
  }

  get redoLabel(): string {
    return this.#versions[this.#index + 1]?.label ?? '';
  }

  /**
   * Makes a new version out of the current document; `change` returns a new object and leaves the old one alone.
   * @param label what the edit does, as the undo button says it: `Change units`
   */
  edit(label: string, change: (document: Experiment) => Experiment, options: EditOptions = {}): void {
    const current = this.#current;
    const document = change(current.document);
    const files = options.files ?? current.files;
    if (document === current.document && files === current.files) return;
    const origin = options.begins === true ? this.#nextOrigin++ : current.origin;
    const version: Version = { document, files, label, field: options.field ?? null, origin };
    const folds = version.field !== null && version.field === current.field && !this.canRedo;
    const kept = this.#versions.slice(0, folds ? this.#index : this.#index + 1);
    this.#versions = [...kept, version].slice(-MAX_VERSIONS);
    this.#index = this.#versions.length - 1;
    this.#changed();
  }

  /** Ends the folding of edits of one field: called when the field loses focus. */
  seal(): void {
    const current = this.#current;
    if (current.field === null) return;
    this.#versions = this.#versions.map((version) => (version === current ? { ...version, field: null } : version));
  }

  undo(): void {
    if (!this.canUndo) return;
    this.#index -= 1;
    this.#changed();
  }

  redo(): void {
    if (!this.canRedo) return;
    this.#index += 1;
    this.#changed();
  }

  /** Supplies the files that the current document names, for a document that came without them. Not an edit. */
  attachFiles(files: DataFiles): void {
    const current = this.#current;
    this.#versions = this.#versions.map((version) =>
      version.document.data.source === current.document.data.source ? { ...version, files } : version,
    );
    this.#changed();
  }

  /** Calls `listener` after every edit, undo and redo. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  get #current(): Version {
    const version = this.#versions[this.#index];
    if (version === undefined) throw new RangeError('the history has no current version');
    return version;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
