import type {
  ExportFormatId,
  ExportFormatInfo,
  FileTarget,
  ListedProject,
  OpenedProject,
  Project,
  SaveRequest,
} from '../../src-main/bridge';
import type { Experiment, Outcome, RunState } from '../../src-worker/api';
import { fail, ProblemError, succeed } from '../../src-worker/problem';
import { formatBytes } from '../format';
import type { AppState } from './app.svelte';
import { NO_FILES, type DataFiles } from './experiment.svelte';
import { bytesOf, filesOf, namesMatch } from './project-files';

/** `exists`: a file of that name is there and nobody agreed to replace it. */
export type SaveResult = 'saved' | 'cancelled' | 'exists' | 'failed';

/** Where the experiment lives on disk: save, open, export. Paths stay in the shell; the window holds handles. */
export class ProjectState {
  /** Where a plain Save goes; null until the first Save as. */
  target = $state.raw<FileTarget | null>(null);
  includeData = $state(false);
  saving = $state(false);
  /** What is in the file. The same document at the same step has the same weights, so the step stands for them. */
  #saved = $state.raw<{ readonly document: Experiment; readonly step: number } | null>(null);

  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Whether a Save would write something that is not in the file; an experiment without a file is not nagged about. */
  get changed(): boolean {
    if (this.#saved === null) return false;
    const { experiment, run } = this.#app;
    return this.#saved.document !== experiment.document || this.#saved.step !== (run.progress?.step ?? 0);
  }

  /** Saves to where it was saved before, else asks. */
  async save(): Promise<void> {
    if (this.target === null) this.#app.dialogs.open('save');
    else await this.#write(this.target);
  }

  /** @param name bare file name, for a shell that keeps projects in its folder; else null */
  async saveAs(name: string | null, replace: boolean): Promise<SaveResult> {
    const { name: suggestedName } = this.#app.experiment.document;
    const chosen = await this.#choose({ kind: 'project', format: null, suggestedName, name, replace });
    if (typeof chosen === 'string') return chosen;
    return (await this.#write(chosen)) ? 'saved' : 'failed';
  }

  async export(format: ExportFormatInfo, name: string | null, replace: boolean): Promise<SaveResult> {
    const { name: suggestedName } = this.#app.experiment.document;
    const chosen = await this.#choose({ kind: 'export', format: format.id, suggestedName, name, replace });
    if (typeof chosen === 'string') return chosen;
    const written = await this.#exportTo(chosen, format.id);
    if (!this.#app.report('The model was not exported', written)) return 'failed';
    this.#app.messages.note(`Exported ${written.value.label}, ${formatBytes(written.value.bytes)}`);
    return 'saved';
  }

  async listFormats(): Promise<readonly ExportFormatInfo[]> {
    const outcome = await attempt(async () => succeed(await this.#app.bridge.listExportFormats()));
    return this.#app.report('The export formats are not available', outcome) ? outcome.value : [];
  }

  async list(): Promise<readonly ListedProject[]> {
    const outcome = await attempt(() => this.#app.bridge.listProjects());
    return this.#app.report('The saved projects are not available', outcome) ? outcome.value : [];
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
  async openFile(file: File, dataFiles: DataFiles | null): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    await this.#show(await attempt(() => this.#app.bridge.readProject(file.name, bytes)), file.name, dataFiles);
  }

  /** Another experiment began: a plain Save must not write over the file of the one before. */
  forgetTarget(): void {
    this.target = null;
    this.#saved = null;
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
    if (state !== null) this.#app.resumeWith({ document, files }, state);
    experiment.edit(`Open ${document.name}`, () => document, { files });
    selection.select({ kind: 'data' });
    return true;
  }

  async #show(
    outcome: Outcome<OpenedProject | null>,
    title = 'The project',
    dataFiles: DataFiles | null = null,
  ): Promise<void> {
    if (!this.#app.report(`${title} was not opened`, outcome) || outcome.value === null) return;
    const { project, target } = outcome.value;
    const files = project.data.length > 0 ? filesOf(project.data) : dataFiles;
    if (!(await this.showDocument(project.model.experiment, files, project.model.state))) return;
    this.target = target;
    this.includeData = project.data.length > 0;
    this.#saved = target === null ? null : { document: project.model.experiment, step: project.model.state.step };
  }

  async #choose(request: SaveRequest): Promise<FileTarget | SaveResult> {
    const outcome = await attempt(() => this.#app.bridge.chooseSaveTarget(request));
    if (!outcome.ok && outcome.problems.some(({ code }) => code === 'save/exists')) return 'exists';
    const title = request.kind === 'project' ? 'The project was not saved' : 'The model was not exported';
    if (!this.#app.report(title, outcome)) return 'failed';
    return outcome.value ?? 'cancelled';
  }

  async #write(target: FileTarget): Promise<boolean> {
    const model = await this.#app.currentModel();
    if (!this.#app.report('The project was not saved', model)) return false;
    this.saving = true;
    const written = await attempt(async () => {
      const data = this.includeData ? await bytesOf(this.#app.experiment.files) : [];
      const project: Project = { model: model.value, data };
      return this.#app.bridge.saveProject(target.handle, project);
    });
    this.saving = false;
    if (!this.#app.report('The project was not saved', written)) return false;
    this.target = target;
    this.#saved = { document: model.value.experiment, step: model.value.state.step };
    this.#app.messages.note(`Saved ${written.value.label}, ${formatBytes(written.value.bytes)}`);
    return true;
  }

  async #exportTo(target: FileTarget, format: ExportFormatId): ReturnType<AppState['bridge']['exportModel']> {
    const model = await this.#app.currentModel();
    return model.ok ? attempt(() => this.#app.bridge.exportModel(target.handle, format, model.value)) : model;
  }
}

/** The shell may be gone: a call to it that throws becomes a problem like any other. */
async function attempt<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    return fail({
      code: 'window/shell-lost',
      message: `Layerlab's file service did not answer (${error instanceof Error ? error.message : String(error)}).`,
      hint: 'Check that the program that opened this window still runs, then try again.',
    });
  }
}
