import type { SessionUpdate } from '../../src-main/bridge';
import { succeed, type Outcome } from '../../src-worker/problem';
import { attempt } from './attempt';
import type { AppState } from './app.svelte';
import { dueAt } from './autosave-pace';
import { ChangedParts } from './changed-parts';
import { KeptData } from './kept-data';
import type { TrainedMoment } from './moments';
import { CurvePacker, storeMoment, storeRun } from './stored-values';

const NOT_KEPT = 'This work is not being kept';

/** What was kept last. */
export interface Kept {
  readonly step: number;
  readonly atMs: number;
}

/**
 * Keeps the work of the window in the application's own folder as it goes on, so that neither a crash nor a kill takes more than the last few
 * seconds. Only what changed is sent; weights are taken between two steps.
 */
export class Autosave {
  /** Null before the first time. */
  kept = $state.raw<Kept | null>(null);

  readonly #app: AppState;
  readonly #data: KeptData;
  readonly #curves = new CurvePacker();
  /** What each part that was kept was made of. */
  #known: ReadonlyMap<string, object> | null = null;
  /** Which experiment that was. */
  #experiment: number | null = null;
  #from: string | null = null;
  #seen: readonly unknown[] = [];
  #dirtySince: number | null = null;
  #idleSince = -Infinity;
  #costMs = 0;
  #keeping: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The run as it was taken last, and of which version its weights are. */
  #present: TrainedMoment | null = null;
  #weights = -1;

  constructor(app: AppState) {
    this.#app = app;
    this.#data = new KeptData(app.bridge, (words) => app.messages.note(words));
  }

  /** Follows the work from now on, for as long as the window lives. */
  start(): void {
    $effect.root(() => {
      $effect(() => this.#notice());
    });
  }

  /** Whether there is something that is not kept yet. */
  get pending(): boolean {
    return this.#dirtySince !== null || this.#keeping !== null;
  }

  /** Work that was kept before was brought back: it is forgotten as soon as it is kept anew. */
  goOnFrom(handle: string): void {
    this.#from = handle;
    this.#known = null;
    this.#dirtySince ??= performance.now();
    this.#schedule();
  }

  /** Keeps what is not kept yet, now. */
  keepNow(): Promise<void> {
    if (!this.pending) return Promise.resolve();
    this.#keeping ??= this.#keep().finally(() => {
      this.#keeping = null;
      if (this.#dirtySince !== null) this.#schedule();
    });
    return this.#keeping;
  }

  get #worthKeeping(): boolean {
    const { experiment, run, runs, checkpoints } = this.#app;
    // A sample as it is offered at the start is nobody's work.
    return experiment.canUndo || run.number !== null || runs.list.length > 0 || checkpoints.list.length > 0;
  }

  /** Everything that a session is made of: equal where nothing has changed. */
  #look(): readonly unknown[] {
    const { experiment, run, runs, checkpoints, project, stage } = this.#app;
    return [experiment.current, run.weightsVersion, runs.list, checkpoints.list, project.place, stage.view];
  }

  #notice(): void {
    const now = this.#look();
    if (now.every((value, i) => value === this.#seen[i])) return;
    this.#seen = now;
    if (!this.#worthKeeping) return;
    this.#dirtySince ??= performance.now();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#keeping !== null || this.#dirtySince === null) return;
    const wait = dueAt(this.#dirtySince, this.#idleSince, this.#costMs) - performance.now();
    // The timers of a hidden window come late: then it is the training itself that keeps time.
    if (wait <= 0) void this.keepNow();
    else if (this.#timer === null) this.#timer = setTimeout(() => this.#wake(), wait);
  }

  #wake(): void {
    this.#timer = null;
    this.#schedule();
  }

  async #keep(): Promise<void> {
    const start = performance.now();
    await this.#app.settled();
    this.#dirtySince = null;
    const gathered = await this.#gather();
    const sent = gathered.ok ? await attempt(() => this.#app.bridge.keepSession(gathered.value.update)) : gathered;
    this.#idleSince = performance.now();
    this.#costMs = this.#idleSince - start;
    if (sent.ok && gathered.ok) {
      const { update, known } = gathered.value;
      this.#known = known;
      this.#from = null;
      this.#experiment = update.experiment;
      this.kept = { step: update.step, atMs: Date.now() };
      this.#app.messages.dismissTitled(NOT_KEPT);
      return;
    }
    // What is there is not known any more: the next time all of it is sent.
    this.#known = null;
    this.#data.forget();
    this.#dirtySince ??= start;
    this.#app.report(NOT_KEPT, sent);
  }

  async #gather(): Promise<Outcome<{ readonly update: SessionUpdate; readonly known: ReadonlyMap<string, object> }>> {
    const { experiment, run, runs, checkpoints, project, stage } = this.#app;
    const standing = await this.#standing();
    if (!standing.ok) return standing;
    // All of one moment: what happens to the run while its data are kept belongs to the next time.
    const { document, files, era, origin } = experiment.current;
    const [records, growing, marked, { view }, { place }] = [runs.list, run.number, checkpoints.list, stage, project];
    const data = await this.#data.keep(files);
    if (!data.ok) return data;
    // Another experiment is kept in another place, where nothing of it is yet.
    const changed = new ChangedParts(origin === this.#experiment ? this.#known : null);
    const present = standing.value;
    if (present !== null) {
      const value = () => storeMoment(present, this.#curves.pack(present.moment.state.history, true));
      changed.put('present', present, () => ({ kind: 'present', name: 'present', value: value() }));
    }
    for (const record of records) {
      const name = `run-${record.number}`;
      const grows = record.number === growing;
      const value = () => storeRun(record, this.#curves.pack(record.records, grows));
      changed.put(name, record, () => ({ kind: 'run', name, value: value() }));
    }
    for (const { id, kept } of marked) {
      const name = `checkpoint-${id}`;
      const value = () => storeMoment(kept, this.#curves.pack(kept.moment.state.history, false));
      changed.put(name, kept, () => ({ kind: 'checkpoint', name, value: value() }));
    }
    const { step, epoch } = present?.moment.state ?? { step: 0, epoch: 0 };
    const { parts, same, known } = changed;
    const update: SessionUpdate = {
      ...{ experiment: origin, from: this.#from, document, epoch, step, data: data.value, view },
      target: place?.target.handle ?? null,
      withData: place?.withData ?? false,
      saved: project.holds(document, era, step),
      checkpoints: marked.map(({ id, name }) => ({ name: `checkpoint-${id}`, title: name })),
      ...{ parts, same },
    };
    return succeed({ update, known });
  }

  /** The run as it stands between two steps; the very same object where nothing has happened to it. Null before the first network. */
  async #standing(): Promise<Outcome<TrainedMoment | null>> {
    const { run, experiment } = this.#app;
    // A project that was opened without its data has no run yet; that of the experiment before it is not its own.
    if (run.built?.origin !== experiment.origin) return succeed(null);
    const { weightsVersion } = run;
    if (this.#present !== null && this.#weights === weightsVersion) return succeed(this.#present);
    const kept = await run.keep();
    if (!kept.ok) return kept;
    this.#weights = weightsVersion;
    this.#present = kept.value;
    return kept;
  }
}
