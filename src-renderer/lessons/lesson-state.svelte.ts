import { SvelteSet } from 'svelte/reactivity';
import type { NamedTensor, Outcome, StepRequest, StepTiming, StepTrace } from '../../src-worker/api';
import type { AppState } from '../state/app.svelte';
import { tensorsByName } from '../state/tensors-by-name';
import type { ViewName } from '../stage/views';
import { LessonAuthor } from './author/author.svelte';
import { controlOf } from './controls';
import type { GoalState, LessonFacts } from './facts';
import { definitionOf, type Goal, type Hands } from './goals';
import type { Lesson, LessonStep } from './lesson';
import { LessonPlaces } from './lesson-places';

/** Weights and a trace as they were at a moment. */
interface Look {
  readonly version: number;
  readonly subject: unknown;
  /** What was asked for. */
  readonly wanted: string;
  readonly weights: ReadonlyMap<string, NamedTensor> | null;
  readonly trace: StepTrace | null;
  readonly timing: StepTiming | null;
}

/** Of a goal whose document is not on the screen. */
const RESTING: GoalState = { met: false, progress: null, words: '' };

/** The lesson that is open, and where in it one stands. Its goals are judged anew whenever a fact changes. */
export class LessonState {
  lesson = $state.raw<Lesson | null>(null);
  place = $state(0);
  /** Only its title is shown. */
  collapsed = $state(false);
  /** The student asked for the controls that the lesson leaves out. */
  everything = $state(false);
  /** By step and goal. */
  #answers = $state.raw<Readonly<Record<string, string>>>({});
  readonly #met = new SvelteSet<string>();
  /** Every experiment that the lesson opened; see `ExperimentState.origin`. */
  #origins = $state.raw<readonly number[]>([]);
  /** Of the documents that steps set up, by the place of the step. */
  #setUps = $state.raw<Readonly<Record<number, number>>>({});
  #look = $state.raw<Look | null>(null);
  #looking = false;
  readonly #app: AppState;
  readonly places: LessonPlaces;
  readonly author: LessonAuthor;

  readonly facts: LessonFacts = $derived.by(() => this.#gather());
  readonly step: LessonStep | null = $derived(this.lesson?.steps[this.place] ?? null);
  readonly states: readonly GoalState[] = $derived(
    (this.step?.goals ?? []).map((goal, index) => this.#judge(goal, index)),
  );

  constructor(app: AppState, places = new LessonPlaces()) {
    this.#app = app;
    this.places = places;
    this.author = new LessonAuthor(app);
  }

  /** Whether the document on the screen is one that the lesson opened, however it was edited since. */
  get onScreen(): boolean {
    return this.lesson !== null && this.#origins.includes(this.#app.experiment.origin);
  }

  /** Whether the step has a document of its own that is not on the screen: its goals are about that one. */
  get awaitsSetUp(): boolean {
    return Boolean(this.step?.setUp) && this.#setUps[this.place] !== this.#app.experiment.origin;
  }

  /**
   * Opens a lesson with its document, as one step of undo; what was there stays behind it with its weights. Goes on where it was left.
   * @returns false where its document could not be opened, and then everything stays
   */
  async open(lesson: Lesson): Promise<boolean> {
    if (!(await this.#show(lesson.experiment))) return false;
    const { stage } = this.#app;
    this.lesson = lesson;
    this.#origins = [this.#app.experiment.origin];
    this.#setUps = {};
    this.#answers = {};
    this.#met.clear();
    this.everything = false;
    this.collapsed = false;
    this.place = Math.min(this.places.of(lesson.title).step, lesson.steps.length - 1);
    if (lesson.view !== '') stage.view = lesson.view as ViewName; // a view that this version lacks shows nothing of its own
    return true;
  }

  /** The document of the lesson, or that of its step, once more. */
  async reopen(): Promise<void> {
    if (this.lesson !== null && (await this.#show(this.lesson.experiment))) this.#adopt();
  }

  async setUp(): Promise<void> {
    const setUp = this.step?.setUp;
    const { place } = this;
    if (!setUp || !(await this.#show(setUp.experiment))) return;
    this.#adopt();
    this.#setUps = { ...this.#setUps, [place]: this.#app.experiment.origin };
  }

  /** From its first step, with nothing reached. */
  async startAgain(): Promise<void> {
    const { lesson } = this;
    if (lesson === null) return;
    this.places.forget(lesson.title);
    await this.open(lesson);
  }

  close(): void {
    this.lesson = null;
    this.#look = null;
  }

  go(place: number): void {
    const { lesson } = this;
    if (lesson === null || place < 0 || place >= lesson.steps.length) return;
    this.place = place;
    this.places.keep(lesson.title, place);
  }

  /** Closes a lesson that was gone through. */
  finish(): void {
    if (this.lesson !== null) this.places.finish(this.lesson.title);
    this.close();
  }

  answerTo(goal: number): string {
    return this.#answers[`${this.place}.${goal}`] ?? '';
  }

  answer(goal: number, text: string): void {
    this.#answers = { ...this.#answers, [`${this.place}.${goal}`]: text };
  }

  /** Reached now or before: what was reached once stays so. */
  isMet(goal: number, place = this.place): boolean {
    return this.#met.has(`${place}.${goal}`) || (place === this.place && this.states[goal]?.met === true);
  }

  stepDone(place = this.place): boolean {
    return (this.lesson?.steps[place]?.goals ?? []).every((_, goal) => this.isMet(goal, place));
  }

  /** Does for the student what a goal asks. */
  show(goal: Goal, index: number): void {
    const { experiment, stage } = this.#app;
    const hands: Hands = {
      edit: (label, change) => experiment.edit(label, change),
      openView: (view) => (stage.view = view as ViewName),
      train: () => void this.#app.train(),
      undo: () => experiment.undo(),
      check: (bug) => {
        stage.check.ask(bug);
        stage.view = 'Check';
      },
      answer: (text) => this.answer(index, text),
    };
    definitionOf(goal).show?.(goal, this.facts, hands);
  }

  /** Whether a setting is within reach, by its path in the document. */
  offers(path: string): boolean {
    const { controls } = this.lesson ?? {};
    if (!controls || this.everything || !this.onScreen) return true;
    const control = controlOf(path);
    return control === null || controls.includes(control);
  }

  offersView(view: string): boolean {
    const { views } = this.lesson ?? {};
    return !views || this.everything || !this.onScreen || views.includes(view) || view === this.#app.stage.view;
  }

  /** Writes down what was reached, and asks the worker for what the open goals need. Called whenever a fact changed. */
  async observe(): Promise<void> {
    if (!this.onScreen) return;
    this.states.forEach(({ met }, goal) => {
      if (met) this.#met.add(`${this.place}.${goal}`);
    });
    await this.#lookAsNeeded();
  }

  #judge(goal: Goal, index: number): GoalState {
    const definition = definitionOf(goal);
    const ofDocument = goal.kind !== 'choice' && goal.kind !== 'number';
    if (!this.onScreen || (this.awaitsSetUp && ofDocument)) return RESTING;
    return definition.check(goal, this.facts, this.answerTo(index));
  }

  async #show(document: Lesson['experiment']): Promise<boolean> {
    const shown = await this.#app.undisturbed(() => this.#app.project.showDocument(document, null, null));
    if (!shown) return false;
    this.#app.messages.dismissAll();
    this.#app.selection.select({ kind: 'layer', index: 0 });
    await this.#app.settled();
    return true;
  }

  #adopt(): void {
    this.#origins = [...this.#origins, this.#app.experiment.origin];
  }

  #gather(): LessonFacts {
    const { experiment, inspection, run, runs, stage } = this.#app;
    const last = run.records.at(-1);
    const look = this.#look?.version === run.weightsVersion && this.#look.subject === run.built ? this.#look : null;
    const { train = null, dev = null, test = null } = run.evaluations ?? { ...last, test: null };
    return {
      document: experiment.document,
      parameters: {
        all: inspection?.parameters ?? null,
        layers: (inspection?.layers ?? []).map(({ parameters }) => parameters),
      },
      run: {
        phase: run.phase,
        epoch: run.progress?.epoch ?? 0,
        step: run.progress?.step ?? 0,
        metrics: { train, dev, test },
      },
      runs: runs.list,
      view: stage.view,
      undone: experiment.canRedo,
      weights: look?.weights ?? null,
      trace: look?.trace ?? null,
      timing: look?.timing ?? null,
      check: this.#checkOf(run.built?.document ?? null),
    };
  }

  /** What was found about this network; null until every array was looked at. */
  #checkOf(document: Lesson['experiment'] | null): LessonFacts['check'] {
    const { check } = this.#app.stage;
    const done = check.result !== null && check.result.status !== 'arrays';
    return done && document !== null && check.isOf(document) ? check.result : null;
  }

  /** One look at a time, while training stands still: it costs training nothing. */
  async #lookAsNeeded(): Promise<void> {
    const { run, trainer } = this.#app;
    const open = this.step?.goals ?? [];
    const [weights, timing] = (['weights', 'timing'] as const).map((name) =>
      open.some((goal) => definitionOf(goal).needs === name),
    );
    const example = open.find((goal) => goal.kind === 'traced')?.example ?? null;
    const { weightsVersion: version, built: subject, phase } = run;
    const still = phase !== 'training' && phase !== 'building' && subject !== null;
    if (!(weights || timing || example !== null) || !still || this.#looking) return;
    const wanted = JSON.stringify([weights, timing, example]);
    const known = this.#look;
    if (known?.version === version && known.subject === subject && known.wanted === wanted) return;
    this.#looking = true;
    const request: StepRequest = { part: 'train', examples: { indices: [example ?? 0] } };
    const [arrays, trace, timed] = await Promise.all([
      weights ? trainer.parameters() : null,
      example === null ? null : trainer.traceStep(request),
      timing ? trainer.timeStep() : null,
    ]);
    this.#looking = false;
    const tensors = valueOf(arrays);
    const seen = { weights: tensors && tensorsByName(tensors), trace: valueOf(trace), timing: valueOf(timed) };
    this.#look = { version, subject, wanted, ...seen };
  }
}

function valueOf<T>(outcome: Outcome<T> | null): T | null {
  return outcome?.ok === true ? outcome.value : null;
}
