import { SvelteMap } from 'svelte/reactivity';
import type {
  FileTarget,
  ListedProject,
  OpenCaution,
  OpenedProject,
  Project,
  SaveRequest,
} from '../../src-main/bridge';
import type { Experiment, ModelSnapshot, Outcome } from '../../src-worker/api';
import { sameValue } from '../../src-worker/experiment/same-value';
import { succeed } from '../../src-worker/problem';
import { formatBytes } from '../format';
import type { AppState } from './app.svelte';
import { attempt } from './attempt';
import { NO_FILES, type DataFiles } from './experiment.svelte';
import { contentsOf } from './project-contents';
import { bytesOf, filesOf, namesMatch } from './project-files';
import type { Entrance, Subject } from './subject';

/** The step of a file whose weights are not those of any moment here. */
const NOWHERE = -1;

/** `exists`: a file of that name is there and nobody agreed to replace it. */
export type SaveResult = 'saved' | 'cancelled' | 'exists' | 'failed';

/** The file of an experiment, and what is in it. */
interface Place {
  readonly target: FileTarget;
  readonly withData: boolean;
  readonly document: Experiment;
  /** The same era of the document's history has the same weights at the same step, so both stand for them. */
  readonly era: number;
  readonly step: number;
}

/** Where the experiment lives on disk: save and open. Paths stay in the shell; the window holds handles. */
export class ProjectState {
  saving = $state(false);
  /** By experiment, so that an undo across an opened project never saves one into the file of the other. */
  readonly #places = new SvelteMap<number, Place>();

  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Where a plain Save goes; null until the first Save as. */
  get place(): Place | null {
    return this.#places.get(this.#app.experiment.origin) ?? null;
  }

  /** Whether a Save would write something that is not in the file; an experiment without a file is not nagged about. */
  get changed(): boolean {
    const { experiment, run } = this.#app;
    const { place } = this;
    if (place === null) return false;
    const { document, era } = experiment.current;
    return !this.holds(document, era, run.progress?.step ?? 0);
  }

  /** Whether the project file has this document with the weights of that step. */
  holds(document: Experiment, era: number, step: number): boolean {
    const { place } = this;
    return place !== null && place.document === document && place.era === era && place.step === step;
  }

  /** Work that was brought back belongs to the file that it belonged to. */
  goOnIn(target: FileTarget, withData: boolean, saved: boolean): void {
    const { experiment, run } = this.#app;
    const { document, era, origin } = experiment.current;
    const step = saved ? (run.progress?.step ?? 0) : NOWHERE;
    this.#places.set(origin, { target, withData, document, era, step });
  }

  /** Saves to where it was saved before, else asks. */
  async save(): Promise<void> {
    if (this.place === null) this.#app.dialogs.open('save');
    else await this.#write(this.place.target, this.place.withData);
  }

  /**
   * @param name bare file name, for a shell that keeps projects in its folder; else null
   * @param withData whether the data travel in the project
   */
  async saveAs(name: string | null, withData: boolean, replace: boolean): Promise<SaveResult> {
    const { name: suggestedName } = this.#app.experiment.document;
    const chosen = await this.chooseTarget({ kind: 'project', format: null, suggestedName, name, replace });
    if (typeof chosen === 'string') return chosen;
    return (await this.#write(chosen, withData)) ? 'saved' : 'failed';
  }

  async list(): Promise<readonly ListedProject[]> {
    const outcome = await attempt(() => this.#app.bridge.listProjects());
    return this.#app.report('The saved projects are not available', outcome) ? outcome.value : [];
  }

  /** Takes a project off the list; its file stays. */
  async forget({ handle, name }: ListedProject): Promise<void> {
    const forgotten = await attempt(() => this.#app.bridge.forgetProject(handle));
    this.#app.report(`${name} is still listed`, forgotten);
  }

  async openListed(handle: string): Promise<void> {
    await this.#app.undisturbed(async () =>
      this.#show(await attempt(() => this.#app.bridge.openListedProject(handle))),
    );
  }

  /** With a native dialog, where the shell has one. */
  async choose(): Promise<void> {
    await this.#app.undisturbed(async () => this.#show(await attempt(() => this.#app.bridge.chooseProject())));
  }

  /** A project that was dropped on the window or picked in the page; part of an {@link AppState.undisturbed} change. */
  async openFile(name: string, bytes: Uint8Array, dataFiles: DataFiles | null): Promise<void> {
    await this.#show(await attempt(() => this.#app.bridge.readProject(name, bytes)), name, dataFiles);
  }

  /**
   * Shows another document in place of this one, as one step of undo.
   * @param dataFiles the files of its source; left out, the present ones serve where they have the names it asks for
   * @param model where it was trained already
   */
  async showDocument(
    document: Experiment,
    dataFiles: DataFiles | null,
    model: Pick<ModelSnapshot, 'state' | 'preprocessing'> | null,
  ): Promise<boolean> {
    const { experiment, data, selection } = this.#app;
    const files = dataFiles ?? (namesMatch(document, experiment.files) ? experiment.files : NO_FILES);
    const missing = 'files' in document.data.source && files.files.length === 0;
    if (!missing) {
      const loaded = await data.load(document.data, files);
      if (!this.#app.report(`${document.name} was not opened`, loaded)) return false;
    }
    const enters: Entrance =
      model === null ? { kind: 'initial' } : { kind: 'state', state: model.state, preprocessing: model.preprocessing };
    experiment.edit(`Open ${document.name}`, () => document, { files, begins: true, enters });
    selection.select({ kind: 'data' });
    return true;
  }

  async #show(
    outcome: Outcome<OpenedProject | null>,
    title = 'The project',
    dataFiles: DataFiles | null = null,
  ): Promise<void> {
    if (!this.#app.report(`${title} was not opened`, outcome) || outcome.value === null) return;
    if (outcome.value.caution === null) await this.#open(outcome.value, dataFiles);
    else this.#ask(outcome.value, outcome.value.caution);
  }

  /** What is not the file itself is shown only where somebody wants it. */
  #ask(opened: OpenedProject, { kind, problems }: OpenCaution): void {
    const [title, label] =
      kind === 'in-use'
        ? [`${opened.name} was not opened`, 'Open a copy']
        : [`${opened.name} is damaged`, 'Open the save before it'];
    const run = () => void this.#app.undisturbed(() => this.#open(opened, null));
    this.#app.messages.problem(title, problems, { label, run });
  }

  async #open({ project, target, name, olderVersion }: OpenedProject, dataFiles: DataFiles | null): Promise<void> {
    const { document, model, data } = project;
    const files = data.length > 0 ? filesOf(data) : dataFiles;
    if (!(await this.showDocument(model?.experiment ?? document, files, model))) return;
    const { current } = this.#app.experiment;
    if (target !== null) this.#keep(target, project, current);
    if (olderVersion !== null) this.#app.messages.note(olderWords(name, olderVersion));
    if (model !== null && !sameValue(model.experiment, document)) void this.#editOn(current, document, target, project);
  }

  /** The project was saved in the middle of a change: once its run is here, the document is edited on to what it was. */
  async #editOn(opened: Subject, document: Experiment, target: FileTarget | null, project: Project): Promise<void> {
    await this.#app.settled();
    const { experiment } = this.#app;
    // Whoever has been quicker means something else.
    if (experiment.current !== opened) return;
    experiment.edit('Edit on', () => document);
    if (target !== null) this.#keep(target, project, experiment.current);
  }

  /** Asks where to write; what went wrong is said. */
  async chooseTarget(request: SaveRequest): Promise<FileTarget | SaveResult> {
    const outcome = await attempt(() => this.#app.bridge.chooseSaveTarget(request));
    if (!outcome.ok && outcome.problems.some(({ code }) => code === 'save/exists')) return 'exists';
    const title = request.kind === 'project' ? 'The project was not saved' : 'The model was not exported';
    if (!this.#app.report(title, outcome)) return 'failed';
    return outcome.value ?? 'cancelled';
  }

  async #write(target: FileTarget, withData: boolean): Promise<boolean> {
    const contents = await contentsOf(this.#app);
    if (!this.#app.report('The project was not saved', contents)) return false;
    const { subject, model } = contents.value;
    const { document, files } = subject;
    this.saving = true;
    const data = withData ? await bytesOf(files) : succeed([]);
    const project: Project = { document, model, data: data.ok ? data.value : [] };
    const written = data.ok ? await attempt(() => this.#app.bridge.saveProject(target.handle, project)) : data;
    this.saving = false;
    if (!this.#app.report('The project was not saved', written)) return false;
    this.#keep(target, project, subject);
    const { label, bytes, kept } = written.value;
    const older = kept === null ? '' : `; the file of the earlier Layerlab is kept as ${kept}`;
    this.#app.messages.note(`Saved ${label}, ${formatBytes(bytes)}${older}`);
    return true;
  }

  #keep(target: FileTarget, { model, data }: Project, { document, era, origin }: Subject): void {
    const step = model?.state.step ?? this.#app.run.progress?.step ?? 0;
    this.#places.set(origin, { target, withData: data.length > 0, document, era, step });
  }
}

/** What becomes of the file of an earlier version. */
function olderWords(name: string, version: number): string {
  return `${name} was saved by an earlier Layerlab, in version ${version} of the format. The first save keeps that file beside it, as “${name} (version ${version})”.`;
}
