import { SvelteMap } from 'svelte/reactivity';
import type {
  FileTarget,
  ListedProject,
  OpenCaution,
  OpenedProject,
  Project,
  SaveRequest,
} from '../../src-main/bridge';
import type { Experiment, Outcome, RunState } from '../../src-worker/api';
import { fail, succeed } from '../../src-worker/problem';
import { formatBytes } from '../format';
import type { AppState } from './app.svelte';
import { attempt } from './attempt';
import { NO_FILES, type DataFiles } from './experiment.svelte';
import { bytesOf, filesOf, namesMatch } from './project-files';

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
   */
  async showDocument(document: Experiment, dataFiles: DataFiles | null, state: RunState | null): Promise<boolean> {
    const { experiment, data, selection } = this.#app;
    const files = dataFiles ?? (namesMatch(document, experiment.files) ? experiment.files : NO_FILES);
    const missing = 'files' in document.data.source && files.files.length === 0;
    if (!missing) {
      const loaded = await data.load(document.data, files);
      if (!this.#app.report(`${document.name} was not opened`, loaded)) return false;
    }
    const enters = state === null ? ({ kind: 'initial' } as const) : ({ kind: 'state', state } as const);
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

  async #open({ project, target }: OpenedProject, dataFiles: DataFiles | null): Promise<void> {
    const files = project.data.length > 0 ? filesOf(project.data) : dataFiles;
    if (!(await this.showDocument(project.model.experiment, files, project.model.state))) return;
    if (target !== null) this.#keep(target, project, project.model.experiment);
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
    const { document, files } = this.#app.experiment;
    const model = explained(await this.#app.currentModel());
    if (!this.#app.report('The project was not saved', model)) return false;
    this.saving = true;
    const data = withData ? await bytesOf(files) : succeed([]);
    const project: Project = { model: model.value, data: data.ok ? data.value : [] };
    const written = data.ok ? await attempt(() => this.#app.bridge.saveProject(target.handle, project)) : data;
    this.saving = false;
    if (!this.#app.report('The project was not saved', written)) return false;
    this.#keep(target, project, document);
    this.#app.messages.note(`Saved ${written.value.label}, ${formatBytes(written.value.bytes)}`);
    return true;
  }

  #keep(target: FileTarget, { model, data }: Project, document: Experiment): void {
    const { era, origin } = this.#app.experiment.current;
    const place: Place = { target, withData: data.length > 0, document, era, step: model.state.step };
    this.#places.set(origin, place);
  }
}

/** Leads the reasons why there are no weights with what they are reasons for, and a way out. */
export function explained<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  return fail(
    {
      code: 'window/no-weights',
      message: 'Only a network that can be trained has weights to write, and this one cannot be trained yet.',
      hint: 'Put right what follows, or undo the edit, and try again; files written earlier are as they were.',
    },
    ...outcome.problems,
  );
}
