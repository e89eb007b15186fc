import type { Experiment } from '../../src-worker/api';
import { followLayers } from '../../src-worker/experiment/follow-layers';
import { CARRIED, sameForRun, type Entrance, type Subject } from './subject';

/** The dropped files that a document's file source stands for; kept in memory because a document stores names only. */
export interface DataFiles {
  readonly files: readonly File[];
  readonly testFiles: readonly File[];
}

export const NO_FILES: DataFiles = { files: [], testFiles: [] };

/** One state of the document that undo can return to. */
interface Version extends Subject {
  /** Edits in a row of the same field become one step of undo. */
  readonly field: string | null;
}

export interface EditOptions {
  /** Path of the field being typed into; further edits of it are folded into this one until {@link ExperimentState.seal}. */
  readonly field?: string;
  /** The files of the new document's source; left out, they stay. */
  readonly files?: DataFiles;
  /** Another experiment begins: what belonged to the one before, such as its file on disk, does not belong to it. */
  readonly begins?: boolean;
  /** How the weights come about, where they are not carried over; a version of its own even where the document stays. */
  readonly enters?: Entrance;
}

/** Steps of undo that are kept. A document is a few kilobytes and its versions share what did not change. */
const MAX_VERSIONS = 500;

/**
 * The experiment document and its history: immutable versions, so that undo is moving an index. Versions in a row that are the same to
 * a run are one era: weights are kept for each era, so that undoing a new name does not take training back.
 */
export class ExperimentState {
  #versions = $state.raw<readonly Version[]>([]);
  #index = $state(0);
  #nextOrigin = 1;
  #nextEra = 1;
  #nextLayerId = 1;
  readonly #listeners: (() => void)[] = [];

  constructor(document: Experiment, files: DataFiles = NO_FILES) {
    const layerIds = document.network.layers.map(() => this.#nextLayerId++);
    const [origin, era] = [this.#nextOrigin++, this.#nextEra++];
    this.#versions = [{ document, files, label: '', field: null, origin, era, enters: { kind: 'initial' }, layerIds }];
  }

  /** The document as it is now, with all that a run is built from. */
  get current(): Subject {
    return this.#current;
  }

  /** The first version of each era up to the current one, the nearest first. */
  get path(): readonly Subject[] {
    const past = this.#versions.slice(0, this.#index + 1);
    return past.filter(({ era }, index) => past[index - 1]?.era !== era).reverse();
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
    if (document === current.document && files === current.files && options.enters === undefined) return;
    const field = options.field ?? null;
    const folds = field !== null && field === current.field && !this.canRedo && this.#index > 0;
    const next = { document, files, label, field };
    const version = folds ? this.#folded(next, current, options.enters) : this.#next(next, current, options);
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

  #next(
    next: Pick<Version, 'document' | 'files' | 'label' | 'field'>,
    current: Version,
    options: EditOptions,
  ): Version {
    const begins = options.begins === true;
    const origin = begins ? this.#nextOrigin++ : current.origin;
    const layerIds = this.#follow(begins ? null : current, next.document);
    const enters = options.enters ?? (begins ? ({ kind: 'initial' } as const) : CARRIED);
    const stays = options.enters === undefined && sameForRun({ ...next, origin }, current);
    const same = { era: current.era, enters: current.enters };
    return { ...next, origin, layerIds, ...(stays ? same : { era: this.#nextEra++, enters }) };
  }

  /** Another edit of the field: in place of the version that the first one made, out of what was before that. */
  #folded(next: Pick<Version, 'document' | 'files' | 'label' | 'field'>, current: Version, given?: Entrance): Version {
    const before = this.#versions[this.#index - 1]!;
    const layerIds = this.#follow(current, next.document);
    const { origin } = current;
    const enters = given ?? current.enters;
    if (given === undefined && sameForRun({ ...next, origin }, before))
      return { ...next, origin, layerIds, era: before.era, enters };
    return { ...next, origin, layerIds, enters, era: current.era === before.era ? this.#nextEra++ : current.era };
  }

  #follow(current: Version | null, { network: { layers } }: Experiment): readonly number[] {
    const from = current === null ? [] : followLayers(current.document.network.layers, layers);
    return layers.map((_, index) => {
      const old = from[index] ?? null;
      return old === null ? this.#nextLayerId++ : current!.layerIds[old]!;
    });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
