import { createContext } from 'svelte';
import type { MenuCommand, ShellInfo } from '../../src-main/bridge';
import type {
  Catalog,
  Experiment,
  Inspection,
  LayerInspection,
  LayerSpec,
  ModelSnapshot,
  Outcome,
  Progress,
} from '../../src-worker/api';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { lowerRate } from '../../src-worker/experiment/lower-rate';
import { writeNumber } from '../../src-worker/experiment/write-number';
import { fail, ProblemError, succeed, type Problem } from '../../src-worker/problem';
import { connectBridge, type Bridge } from '../bridge-client';
import { TrainerClient, WorkerLostError } from '../trainer-client';
import { LessonState } from '../lessons/lesson-state.svelte';
import { Autosave } from './autosave.svelte';
import { CheckpointsState } from './checkpoints.svelte';
import { DataState } from './data.svelte';
import { DialogsState } from './dialogs.svelte';
import { ExperimentState, NO_FILES } from './experiment.svelte';
import { ExportState } from './export.svelte';
import { MessagesState } from './messages.svelte';
import { ModelState } from './model.svelte';
import { Panes } from './panes.svelte';
import { PredictionsState } from './predictions.svelte';
import { PreferencesState } from './preferences.svelte';
import { ProjectState } from './project.svelte';
import { Recovery } from './recovery.svelte';
import { SweepState } from '../sweep/sweep-state.svelte';
import { TrainingRun } from './run.svelte';
import { RunsState } from './runs.svelte';
import { FIRST_SAMPLE, sampleEntry, sampleSource } from './samples';
import { SelectionState } from './selection.svelte';
import { StageState } from './stage.svelte';
import type { ThemeState } from './theme.svelte';
import { WeightEdits } from './weight-edits';

const TRAINING_STOPPED = 'Training stopped';
const NOT_BUILT = 'The network was not built';
const WEIGHTS_GONE =
  'The weights of that moment had to make room for newer ones: training goes on from those nearest to it.';
/** Of a load that the person ended. */
const LOAD_CANCELLED = 'data/cancelled';

/** Reads the app's state in any component below the root; {@link provideApp} put it there. */
export const [useApp, provideApp] = createContext<AppState>();

/** Everything the window shows, composed. Views read it; edits go through {@link ExperimentState.edit}. */
export class AppState {
  readonly trainer: TrainerClient;
  readonly bridge: Bridge;
  readonly experiment: ExperimentState;
  readonly data: DataState;
  readonly run: TrainingRun;
  readonly runs = new RunsState();
  readonly checkpoints = new CheckpointsState(this);
  readonly project: ProjectState;
  readonly autosave: Autosave;
  readonly recovery: Recovery;
  readonly selection = new SelectionState();
  readonly stage = new StageState();
  readonly panes = new Panes();
  readonly messages = new MessagesState();
  readonly dialogs = new DialogsState();
  readonly exports = new ExportState(this);
  readonly model = new ModelState(this);
  readonly predictions = new PredictionsState(this);
  readonly sweeps = new SweepState(this);
  readonly lessons: LessonState;
  readonly theme: ThemeState;
  readonly weightEdits: WeightEdits;
  /** Shapes, parameter counts and problems of the current document; null until the first look. */
  inspection = $state.raw<Inspection | null>(null);
  /** The layers that {@link inspection} is of: those on the screen may be newer while the worker is busy. */
  #inspectedLayers = $state.raw<readonly LayerSpec[]>([]);
  /** Null where the shell does not answer: everything but files works then. */
  shell = $state.raw<ShellInfo | null>(null);

  /** Opens the file dialog; the workspace, which owns the input, sets it. */
  pickFiles: () => void = () => undefined;
  /** Opens the dialog for a folder. */
  pickFolder: () => void = () => undefined;

  #following: Promise<void> | null = null;
  #followAgain = false;
  #change: Promise<unknown> = Promise.resolve();
  /** Changes that are under way or wait. */
  #changes = 0;

  private constructor(
    trainer: TrainerClient,
    bridge: Bridge,
    data: DataState,
    experiment: ExperimentState,
    theme: ThemeState,
  ) {
    this.trainer = trainer;
    this.data = data;
    this.experiment = experiment;
    this.theme = theme;
    this.bridge = bridge;
    this.run = new TrainingRun(trainer, this.runs);
    this.run.onGone = () => this.messages.note(WEIGHTS_GONE);
    this.project = new ProjectState(this);
    this.weightEdits = new WeightEdits(experiment);
    this.lessons = new LessonState(this);
    this.stage.onShow = () => this.panes.show('stage');
    this.autosave = new Autosave(this);
    this.recovery = new Recovery(this);
    experiment.onChange(() => void this.follow());
  }

  /**
   * Starts the worker and loads the first sample.
   * @throws WorkerLostError or ProblemError when there is nothing to show
   */
  static async start(theme: ThemeState): Promise<AppState> {
    const bridge = connectBridge();
    const trainer = await TrainerClient.start(bridge);
    const data = new DataState(trainer);
    const entry = sampleEntry(trainer.catalog, FIRST_SAMPLE);
    valueOf(await data.load(defaultDataSpec(sampleSource(entry)), NO_FILES));
    const document = valueOf(await trainer.suggestExperiment(entry.label.toLowerCase()));
    const app = new AppState(trainer, bridge, data, new ExperimentState(document), theme);
    app.selection.select({ kind: 'layer', index: 0 });
    await app.follow();
    void app.#meetShell();
    return app;
  }

  /** What is known of a layer of the document; null while the worker has not looked at it in its place. */
  inspectionOfLayer(index: number): LayerInspection | null {
    const { layers } = this.experiment.document.network;
    const inspected = this.#inspectedLayers;
    const sameKinds = layers.length === inspected.length && layers.every(({ kind }, l) => kind === inspected[l]!.kind);
    // An edit within a layer keeps its numbers on the screen for the moment that the worker takes; a moved layer must not show
    // those of another.
    const at = sameKinds ? index : inspected.indexOf(layers[index]!);
    return this.inspection?.layers[at] ?? null;
  }

  get catalog(): Catalog {
    return this.trainer.catalog;
  }

  /** True where the run in the worker is not of the document on the screen. */
  get stale(): boolean {
    return this.run.isStale(this.experiment.current);
  }

  /** What stands in the way of training; empty when nothing does. */
  get obstacles(): readonly Problem[] {
    const { inspection } = this;
    if (this.data.problems.length > 0) return this.data.problems;
    if (inspection === null || inspection.ready) return [];
    return [...inspection.problems, ...inspection.layers.flatMap((layer) => layer.problems)];
  }

  get canTrain(): boolean {
    return this.inspection?.ready === true && this.data.problems.length === 0 && !this.data.loading;
  }

  /** Trains on; builds first where the document has changed since. After the last epoch it adds as many as there were. */
  async train(): Promise<void> {
    if (!(await this.#builtForDocument())) return;
    if (this.run.phase === 'finished') this.#addEpochs();
    await this.settled();
    this.messages.dismissTitled(TRAINING_STOPPED);
    this.#reportRun(await this.run.train());
  }

  async pause(): Promise<void> {
    await this.run.pause();
  }

  /** So many updates; a press while a network is being built waits for it. */
  async step(steps: number | ((progress: Progress) => number) = 1): Promise<void> {
    if (!(await this.#builtForDocument())) return;
    const { progress } = this.run;
    const count = typeof steps === 'number' ? steps : progress === null ? 1 : steps(progress);
    this.#reportRun(await this.run.step(count));
  }

  /** Trains to a step, or as far as the run goes. */
  async trainTo(step: number): Promise<void> {
    await this.run.pause();
    if (await this.#builtForDocument()) this.#reportRun(await this.run.train(step));
  }

  /** Back to the initial weights of the seed; a step of undo, which brings the trained ones back. */
  async reset(): Promise<void> {
    await this.settled();
    if (this.run.phase === 'ready' && this.run.number === null) return;
    this.experiment.edit('Reset the weights', (document) => document, { enters: { kind: 'initial' } });
    await this.settled();
  }

  /** The network as it stands, under the document on the screen. */
  async currentModel(): Promise<Outcome<ModelSnapshot>> {
    await this.settled();
    if (!this.canTrain) return fail(...this.obstacles);
    const { document } = this.experiment;
    const outcome = await this.trainer.snapshot();
    return outcome.ok ? succeed({ ...outcome.value, experiment: document }) : outcome;
  }

  /** Resolves when the data, the inspection and the run have caught up with the document. */
  async settled(): Promise<void> {
    await this.#following;
  }

  /** Runs a change of data on its own: changes wait for each other, and following the document waits for them. */
  undisturbed<T>(change: () => Promise<T>): Promise<T> {
    // Whoever drops another file while one is being read does not want to wait for it.
    if (this.#changes > 0) this.data.cancel();
    this.#changes++;
    const running = this.#change.then(change);
    this.#change = running.catch(() => undefined).finally(() => this.#changes--);
    return running;
  }

  /** Shows an outcome's problems, if it has any that the person did not ask for; true when it was a success. */
  report<T>(title: string, outcome: Outcome<T>): outcome is Extract<Outcome<T>, { ok: true }> {
    if (!outcome.ok && !outcome.problems.some(({ code }) => code === LOAD_CANCELLED)) {
      this.messages.problem(title, outcome.problems);
    }
    return outcome.ok;
  }

  /** Brings data, inspection and run in line with the document; edits made meanwhile are taken up in another round. */
  follow(): Promise<void> {
    this.#followAgain = true;
    this.#following ??= this.#followAll().finally(() => {
      this.#following = null;
    });
    return this.#following;
  }

  async #followAll(): Promise<void> {
    try {
      while (this.#followAgain) {
        this.#followAgain = false;
        await this.#followOnce();
      }
    } catch (error) {
      if (!(error instanceof WorkerLostError)) throw error;
      this.messages.problem('Training is not available', [error.problem]);
    }
  }

  async #followOnce(): Promise<void> {
    await this.#change;
    const { current: subject, path } = this.experiment;
    const { document, files } = subject;
    this.selection.clamp(document.network.layers.length);
    await this.data.follow(document.data, files);
    // Without the document's data every shape would be that of other data.
    const known = this.data.problems.length === 0;
    this.inspection = known ? await this.trainer.inspect(document) : null;
    this.#inspectedLayers = document.network.layers;
    if (this.canTrain) this.report(NOT_BUILT, await this.run.follow(subject, path));
    // Its document is not one that trains: what was trained stays as it is until there is one again.
    else await this.run.pause();
  }

  async #builtForDocument(): Promise<boolean> {
    await this.settled();
    if (!this.canTrain) {
      this.messages.problem('This network cannot be trained yet', this.obstacles);
      return false;
    }
    if (this.run.phase === 'diverged') await this.reset();
    return this.run.built !== null && !this.stale;
  }

  #reportRun(outcome: Outcome<null>): void {
    this.report(TRAINING_STOPPED, outcome);
    const { problem } = this.run;
    if (problem === null) return;
    const { learningRate } = this.experiment.document.training.optimizer;
    const lower = lowerRate(learningRate);
    const action = {
      label: `Lower the learning rate to ${writeNumber(lower)} and go on`,
      run: () => void this.#goOnAt(lower),
    };
    // Data that are no numbers are none at any rate.
    this.messages.problem(TRAINING_STOPPED, [problem], problem.code === 'training/diverged' ? action : undefined);
  }

  /** Goes on from the weights of the best epoch, at another learning rate. */
  async #goOnAt(learningRate: number): Promise<void> {
    const lower = (document: Experiment): Experiment => {
      const { training } = document;
      return { ...document, training: { ...training, optimizer: { ...training.optimizer, learningRate } } };
    };
    this.experiment.edit('Lower the learning rate', lower, { enters: { kind: 'best' } });
    await this.settled();
    if (this.run.phase === 'paused') await this.train();
  }

  #addEpochs(): void {
    const more = this.run.built?.document.training.epochs ?? 0;
    this.experiment.edit(`Train ${more.toLocaleString('en')} epochs more`, (document) => ({
      ...document,
      training: { ...document.training, epochs: document.training.epochs + more },
    }));
  }

  /** Listens to the menu of a shell that has one; the returned function stops that. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void {
    return this.bridge.onMenuCommand?.(listener) ?? (() => undefined);
  }

  async #meetShell(): Promise<void> {
    try {
      this.shell = await this.bridge.about();
    } catch {
      this.shell = null; // a page served without its shell: saving then says so when it is asked for
      return;
    }
    await new PreferencesState(this).begin();
    this.autosave.start();
    await this.recovery.begin();
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const [first, ...others] = outcome.problems;
  throw first === undefined ? new Error('failed without a reason') : new ProblemError(first, ...others);
}
