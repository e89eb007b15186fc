import type { Experiment } from '../../src-worker/api';
import type { SweepPoint } from '../../src-worker/experiment/sweep/sweep-plan';
import { sameValue } from '../../src-worker/experiment/same-value';
import { succeed } from '../../src-worker/problem';
import type { AppState } from '../state/app.svelte';
import { rememberHome } from '../state/document-home';
import type { RunFacts } from '../state/run-record';
import type { Subject } from '../state/subject';
import { checkPlan, fittingPoints, type CheckedPlan } from './check-plan';
import type { PointResult } from './pool';
import { RunningSweep } from './running-sweep.svelte';
import { memoryForSweep, sideBySide } from './sweep-memory';
import { isSwept, type SweptRun } from './sweep-results';
import { SweepSetup } from './sweep-setup.svelte';
import { startSweepWorker } from './sweep-worker';
import { describePoint, pointName } from './sweep-words';
import { sweepables, type Sweepable } from './sweepables';
import { withValues, type Surroundings } from './with-values';

const NOT_STARTED = 'The sweep was not started';
const CUT_SHORT = 'The sweep ended before its time';
const NOT_TRAINED = 'Not every run of the sweep was trained';

/** Sweeps: what to sweep over, the one under way, and which of them is looked at. Their runs are in the list of runs. */
export class SweepState {
  readonly setup = new SweepSetup();
  /** The plan of {@link setup}, looked at point by point; null until that is done. */
  checked = $state.raw<CheckedPlan | null>(null);
  /** Until the next one begins; null before the first. */
  running = $state.raw<RunningSweep | null>(null);
  /** The data are being made ready for it. */
  starting = $state(false);
  /** Number of the sweep whose results are looked at; null for the newest. */
  shown = $state<number | null>(null);
  /** What its runs are judged by. */
  metric = $state('loss');
  /** Number of the run that is pointed out; null for the best. */
  selected = $state<number | null>(null);

  readonly #app: AppState;
  #checks = 0;

  constructor(app: AppState) {
    this.#app = app;
  }

  get active(): boolean {
    return this.starting || (this.running !== null && this.running.phase !== 'ended');
  }

  /** What the present document can be swept over. */
  get sweepables(): readonly Sweepable[] {
    const { catalog, task } = this.around;
    return sweepables(this.#app.experiment.document, catalog, task);
  }

  get around(): Surroundings {
    return { catalog: this.#app.catalog, task: this.#app.data.summary?.task ?? 'binary' };
  }

  /** Looks at every point of the plan of the form; a newer look ends this one. */
  async check(): Promise<void> {
    const check = ++this.#checks;
    const { experiment, trainer } = this.#app;
    const { document } = experiment;
    const plan = this.setup.plan(document.training.epochs);
    await this.#app.settled();
    if (check !== this.#checks) return;
    const checked = await checkPlan(plan, document, this.around, (documents) =>
      check === this.#checks ? trainer.inspectPoints(documents) : Promise.resolve(succeed([])),
    );
    if (check === this.#checks) this.checked = checked;
  }

  /** Trains every point of the plan that can be trained; resolves when that has come to its end. */
  async start(): Promise<void> {
    if (this.active) return;
    this.starting = true;
    const begun = await this.#begin().finally(() => (this.starting = false));
    if (begun === null) return;
    this.running = begun;
    this.shown = begun.number;
    this.selected = null;
    const problems = await begun.run();
    const { messages, stage } = this.#app;
    const [failed] = begun.failed;
    if (problems.length > 0) messages.problem(CUT_SHORT, problems);
    else if (failed !== undefined) messages.problem(NOT_TRAINED, failed.problems);
    else if (stage.view !== 'Sweep' && begun.done === begun.total) {
      const look = { label: 'Look at it', run: () => stage.show('Sweep') };
      messages.note(`Sweep ${begun.number} is done: ${begun.total} runs`, look);
    }
  }

  async #begin(): Promise<RunningSweep | null> {
    const app = this.#app;
    // Whoever edits meanwhile means the document as it is then.
    while (!this.current) await this.check();
    const checked = this.checked!;
    const subject = app.experiment.current;
    const points = fittingPoints(checked);
    if (points.length === 0 || app.data.problems.length > 0) return null;
    const room = sideBySide(points, this.setup.workers, memoryForSweep());
    if (!app.report(NOT_STARTED, room)) return null;
    const data = await app.trainer.sweepData(checked.document.data);
    if (!app.report(NOT_STARTED, data)) return null;
    const number = this.#nextNumber();
    const { plan } = checked;
    return new RunningSweep({
      ...{ number, plan, points, workers: room.value.workers },
      start: () => startSweepWorker(data.value),
      onDone: (finished) => {
        const runs = finished.map(({ values, document, result }) => ({
          ...factsOf(subject, document, result),
          name: pointName(number, plan, values),
          sweep: { number, plan, values },
        }));
        app.runs.addOfSweep(runs);
      },
    });
  }

  /** Why the present document cannot have the settings of a run; null where it can. */
  cannotUse(run: SweptRun): string | null {
    const changed = this.#with(run.sweep.plan.settings, run.sweep.values);
    return changed.ok ? null : `${changed.problems[0]!.message} The experiment has changed since.`;
  }

  /** Gives the document the settings of a run, with the initial weights of its seed, as one step of undo. */
  use(run: SweptRun): void {
    const { plan, values } = run.sweep;
    const changed = this.#with(plan.settings, values);
    if (!this.#app.report('The experiment was left as it is', changed)) return;
    const words = describePoint(plan, values);
    this.#app.experiment.edit(`Use ${words}`, () => changed.value, { enters: { kind: 'initial' } });
    this.#app.messages.note(`The experiment has ${words}, and initial weights. Undo brings back what was.`);
  }

  /** Takes all runs of a sweep out of the list, with a way back. */
  delete(number: number): void {
    const { runs, messages } = this.#app;
    const members = runs.list.filter((run) => run.sweep?.number === number);
    const putBack = runs.delete(...members.map((run) => run.number));
    if (this.shown === number) this.shown = null;
    messages.note(`Deleted sweep ${number} with ${members.length} runs`, { label: 'Undo', run: putBack });
  }

  #with(settings: Parameters<typeof withValues>[1], values: SweepPoint): ReturnType<typeof withValues> {
    return withValues(this.#app.experiment.document, settings, values, this.around);
  }

  #nextNumber(): number {
    const numbers = this.#app.runs.list.filter(isSwept).map(({ sweep }) => sweep.number);
    return Math.max(0, this.running?.number ?? 0, ...numbers) + 1;
  }

  /** Whether {@link checked} is of the form and the document as they are now. */
  get current(): boolean {
    const { document } = this.#app.experiment;
    const { checked } = this;
    return checked?.document === document && sameValue(checked.plan, this.setup.plan(document.training.epochs));
  }
}

/** What the list of runs says of a point: a run from its seed to its end, without an edit on the way. */
function factsOf(
  subject: Subject,
  document: Experiment,
  { records, progress: { epoch, step, status, stopped, best }, evaluations }: PointResult,
): RunFacts {
  rememberHome({ ...subject, document });
  const finished = stopped === 'early' ? 'early' : 'finished';
  return {
    ...{ document, records, marks: [], epoch, step, best, evaluations },
    path: [{ step: 0, document, by: 'initial' }],
    outcome: status === 'diverged' ? 'diverged' : finished,
  };
}
