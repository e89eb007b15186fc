import type {
  Budget,
  BuildInfo,
  CarryReport,
  EpochRecord,
  Evaluations,
  Moment,
  Outcome,
  Problem,
  Progress,
  RunState,
} from '../../src-worker/api';
import { succeed } from '../../src-worker/problem';
import type { TrainerClient } from '../trainer-client';
import { Moments, type KeptMoment, type TrainedMoment } from './moments';
import { nextFrame, type Pace } from './pace';
import { mergeRecords } from './merge-records';
import { Pulling } from './pulling';
import { planEntry, type Entry } from './run-entry';
import { factsOf } from './run-facts';
import { pathStep, type PathStep, type RunKeeper } from './run-record';
import { markOf, withMark, type RunMark } from './run-marks';
import { sameForRun, structureOf, type Subject } from './subject';
import { Turns } from './turns';
import { WorkerCalls, type Answer } from './worker-calls';

/** `none`: nothing built yet. `ready`: built, no step made. `paused`: some steps made, more to go. */
export type RunPhase = 'none' | 'building' | 'ready' | 'training' | 'paused' | 'finished' | 'diverged';

/** The trainer as a run needs it. */
export type RunTrainer = Pick<
  TrainerClient,
  'build' | 'carry' | 'moment' | 'advance' | 'changeTraining' | 'restoreBest' | 'setParameter' | 'evaluate'
>;

/**
 * The run: a network in the worker that was built from {@link built} and is trained by pulling `advance`. It follows the document
 * through its edits without losing what was trained, and back through undo and redo to the weights of that moment.
 */
export class TrainingRun {
  phase = $state<RunPhase>('none');
  pace = $state<Pace>('watch');
  /** The version of the document that the network in the worker is of. */
  built = $state.raw<Subject | null>(null);
  info = $state.raw<BuildInfo | null>(null);
  progress = $state.raw<Progress | null>(null);
  /** The points of the curves, from epoch 0 on. A new array whenever points were added. */
  records = $state.raw<readonly EpochRecord[]>([]);
  /** Where something changed along those curves. */
  changes = $state.raw<readonly RunMark[]>([]);
  /** Of all parts at the current weights; taken whenever training stops, null while it goes on. */
  evaluations = $state.raw<Evaluations | null>(null);
  /** Why the loss stopped being a number; null otherwise. */
  problem = $state.raw<Problem | null>(null);
  /** Whether settings changed since the run diverged, so that it is worth another start. */
  answered = $state(false);
  /** Grows whenever the weights in the worker changed: what is drawn from them is out of date. */
  weightsVersion = $state(0);
  /** Until the last epoch at the present speed; null where nothing was measured. */
  msLeft = $state<number | null>(null);
  /** In the list of runs; null before the first step. */
  number = $state<number | null>(null);
  /** How it came about, from its beginning on. */
  path: readonly PathStep[] = [];
  /** Told of the weights of an undo that had to make room. */
  onGone: () => void = () => undefined;
  /** What a change of the network kept and what is new. */
  onCarried: (report: CarryReport) => void = () => undefined;

  readonly #trainer: RunTrainer;
  readonly #keeper: RunKeeper;
  readonly #turns = new Turns();
  readonly moments: Moments;
  readonly #calls: WorkerCalls;
  readonly #pulling = new Pulling<Outcome<null>>(succeed(null));
  /** The run as it stands, where it was taken and nothing happened since. */
  #captured: Moment | null = null;
  /** Whether the weights began as those of the seed. */
  #initial = true;

  constructor(trainer: RunTrainer, keeper: RunKeeper, moments = new Moments()) {
    this.#trainer = trainer;
    this.#calls = new WorkerCalls((budget) => trainer.advance(budget));
    this.#keeper = keeper;
    this.moments = moments;
  }

  /** Whether the weights are those of the seed. */
  get #untrained(): boolean {
    return this.#initial && (this.progress?.step ?? 0) === 0;
  }

  /** Whether `subject` describes another network or other data than what was built. */
  isStale(subject: Subject): boolean {
    return this.built !== null && structureOf(this.built) !== structureOf(subject);
  }

  /**
   * Brings the run in line with a version of the document that can be trained; the data are prepared for it. An edit is taken up
   * between two steps while training goes on; an undo, a redo and a reset stop it.
   * @param path see `ExperimentState.path`
   */
  async follow(subject: Subject, path: readonly Subject[]): Promise<Outcome<null>> {
    const { built } = this;
    if (built !== null && built.era === subject.era && built.enters === subject.enters && sameForRun(built, subject)) {
      this.built = subject;
      return succeed(null);
    }
    const { kind } = planEntry(subject, path, built, this.#untrained, this.moments).entry;
    if (kind === 'seed' || kind === 'kept' || kind === 'saved' || kind === 'best') await this.pause();
    return this.#turns.take(() => this.#follow(subject, path));
  }

  /** Trains until {@link pause}, the last epoch, `until` (a step), or a loss that is no number. The network must have been built. */
  train(until = Infinity): Promise<Outcome<null>> {
    return this.#pulling.begin(() => this.#pull(until));
  }

  /** Stops after the call that is under way. */
  async pause(): Promise<void> {
    await this.#pulling.stop();
  }

  /** So many updates of the weights. */
  async step(steps = 1): Promise<Outcome<null>> {
    await this.pause();
    return this.#turns.take(async () => {
      const outcome = await this.#advance({ steps });
      return outcome.ok ? this.#rest() : outcome;
    });
  }

  /** The run as it stands between two steps, to come back to; null before the first network. Training goes on. */
  keep(): Promise<Outcome<TrainedMoment | null>> {
    return this.#turns.take(async () => {
      const { built } = this;
      if (built === null) return succeed(null);
      const outcome = await this.#capture();
      if (outcome.ok) this.#tell();
      return outcome.ok ? succeed(this.#kept(built, outcome.value)) : outcome;
    });
  }

  async #follow(subject: Subject, path: readonly Subject[]): Promise<Outcome<null>> {
    const { built, phase } = this;
    if (built !== null && built.era !== subject.era) {
      const left = await this.#leave(built, subject);
      if (!left.ok) return left;
    }
    const { entry, gone } = planEntry(subject, path, built, this.#untrained, this.moments);
    if (gone) this.onGone();
    if (phase !== 'training') this.phase = 'building';
    const outcome = await this.#enter(entry, subject, path);
    if (!outcome.ok) {
      this.phase = phase === 'training' ? 'paused' : phase;
      this.#pulling.wanted = false;
      return outcome;
    }
    this.built = subject;
    // A budget of no steps changes nothing; it says where the run stands and brings the point of epoch 0.
    const standing = await this.#advance({ steps: 0 });
    // From its last finite weights the loss would be no number again, at whatever rate: it stays diverged.
    if (phase === 'diverged' && entry.kind === 'change') {
      this.phase = phase;
      this.answered = true;
    }
    if (!standing.ok || this.phase === 'training') return standing;
    return this.#rest();
  }

  #enter(entry: Entry, subject: Subject, path: readonly Subject[]): Promise<Outcome<null>> {
    switch (entry.kind) {
      case 'seed':
        return this.#build(subject, undefined, null);
      case 'saved':
        return this.#resume(subject);
      case 'kept':
        return this.#build(subject, entry.kept.moment?.state, entry.kept);
      case 'carry':
        return this.#carry(subject, entry.from, path);
      case 'change':
        return this.#change(subject);
      case 'best':
        return this.#change(subject, async () => this.#trainer.restoreBest());
      case 'parameter': {
        const { enters } = subject;
        if (enters.kind !== 'parameter') return this.#change(subject);
        return this.#change(subject, async () => this.#trainer.setParameter(enters.edit));
      }
    }
  }

  #resume(subject: Subject): Promise<Outcome<null>> {
    const { enters } = subject;
    if (enters.kind !== 'state') return this.#build(subject, undefined, null);
    return this.#build(subject, enters.state, enters.from ?? null);
  }

  async #build(subject: Subject, resume: RunState | undefined, kept: KeptMoment | null): Promise<Outcome<null>> {
    const outcome = await this.#trainer.build(subject.document, resume);
    if (!outcome.ok) return outcome;
    this.#begin(outcome.value);
    this.#initial = resume === undefined;
    this.#captured = kept?.moment ?? null;
    this.answered = false;
    this.changes = kept?.marks ?? [];
    this.number = kept?.run ?? null;
    this.path = kept?.path ?? [pathStep(resume?.step ?? 0, subject)];
    this.records = resume?.history ?? [];
    return succeed(null);
  }

  async #carry(subject: Subject, from: KeptMoment | null, path: readonly Subject[]): Promise<Outcome<null>> {
    const before = from?.subject ?? this.built ?? path.at(-1)!;
    const layers = subject.layerIds.map((id) => {
      const index = before.layerIds.indexOf(id);
      return index < 0 ? null : index;
    });
    const outcome = await this.#trainer.carry(subject.document, { layers, ...(from?.moment && { from: from.moment }) });
    if (!outcome.ok) return outcome;
    const { info, report } = outcome.value;
    this.#begin(info);
    this.#initial = false;
    if (from !== null) {
      this.changes = from.marks;
      this.path = from.path;
      this.number = from.run;
      this.records = from.moment?.state.history ?? [];
    }
    const standing = await this.#advance({ steps: 0 });
    if (!standing.ok) return standing;
    this.answered = this.problem !== null;
    this.#note(before, subject, report);
    this.onCarried(report);
    return succeed(null);
  }

  /** The network stays; `then` may do something to its weights. */
  async #change(subject: Subject, then?: () => Promise<Outcome<unknown>>): Promise<Outcome<null>> {
    const before = this.built ?? subject;
    const outcome = await this.#trainer.changeTraining(subject.document.training);
    if (!outcome.ok) return outcome;
    const done = (await then?.()) ?? outcome;
    if (!done.ok) return done;
    this.#captured = null;
    this.answered = false;
    if (then !== undefined) this.#initial = false;
    this.#note(before, subject, null);
    return succeed(null);
  }

  /** Keeps the moment, for whoever comes back to the era. */
  async #leave(built: Subject, next: Subject): Promise<Outcome<null>> {
    const outcome = this.#untrained ? succeed(null) : await this.#capture();
    if (!outcome.ok) return outcome;
    this.moments.put(built.era, this.#kept(built, outcome.value), next.era);
    this.#tell();
    return succeed(null);
  }

  #kept<T extends Moment | null>(subject: Subject, moment: T): KeptMoment & { readonly moment: T } {
    const { changes: marks, evaluations, number: run, path } = this;
    return { subject, moment, marks, evaluations, run, path };
  }

  async #capture(): Promise<Outcome<Moment>> {
    if (this.#captured !== null) return succeed(this.#captured);
    const outcome = await this.#trainer.moment(false);
    if (!outcome.ok) return outcome;
    // The points are here already: of a long run they would take longer to cross than the weights.
    return succeed({ ...outcome.value, state: { ...outcome.value.state, history: this.records } });
  }

  /** Marks a change on the curves, and where it happened on the path. */
  #note(before: Subject, after: Subject, report: CarryReport | null): void {
    const { progress } = this;
    this.path = [...this.path, pathStep(progress?.step ?? 0, after)];
    if (progress === null || progress.step === 0) return;
    this.changes = withMark(this.changes, markOf(progress, before, after, report));
  }

  #begin(info: BuildInfo): void {
    this.info = info;
    this.problem = null;
    this.progress = null;
    this.#captured = null;
    this.#calls.begin();
    this.msLeft = null;
  }

  async #pull(until: number): Promise<Outcome<null>> {
    this.phase = 'training';
    this.evaluations = null;
    for (;;) {
      const outcome = await this.#turns.take(() => this.#stretch(until));
      if (!outcome.ok) {
        this.#pulling.wanted = false;
        this.phase = 'paused';
        return outcome;
      }
      if (this.phase !== 'training') break;
      if (!this.#pulling.wanted || (this.progress?.step ?? 0) >= until) {
        this.phase = 'paused';
        break;
      }
      if (this.pace === 'watch') await nextFrame();
    }
    return this.#pulling.rest(() => this.#turns.take(() => this.#rest()));
  }

  /** One call, or at full speed as many as nobody else waits for: the worker has the next before the answer to the last is drawn. */
  async #stretch(until: number): Promise<Outcome<null>> {
    const next = () => this.#send(this.#calls.budget(this, this.progress, until - (this.progress?.step ?? 0)));
    let call = next();
    for (;;) {
      const ahead = this.#mayGoAhead(until) ? next() : null;
      const outcome = this.#takeIn(await call);
      if (!outcome.ok || ahead === null) return outcome;
      call = ahead;
    }
  }

  #mayGoAhead(until: number): boolean {
    const wanted = this.#pulling.wanted && this.phase === 'training' && until === Infinity;
    return wanted && this.pace === 'full-speed' && !this.#turns.awaited;
  }

  async #advance(budget: Budget): Promise<Outcome<null>> {
    return this.#takeIn(await this.#send(budget));
  }

  #send(budget: Budget): Promise<Answer> {
    const trains = !('steps' in budget) || budget.steps > 0;
    if (trains && this.built !== null) this.number = this.#keeper.start(this.number, factsOf(this), this.built.era);
    if (trains) this.#captured = null;
    return this.#calls.send(budget);
  }

  #takeIn({ sentMs, outcome }: Answer): Outcome<null> {
    if (!outcome.ok) return outcome;
    const progress = outcome.value;
    const steps = this.progress === null ? 0 : progress.step - this.progress.step;
    this.#calls.measure(progress, steps, sentMs);
    if (steps > 0) this.msLeft = this.#calls.msLeft(progress);
    this.progress = progress;
    if (progress.records.length > 0) this.records = mergeRecords(this.records, progress.records);
    this.weightsVersion += 1;
    this.problem = progress.problem;
    if (progress.status === 'finished' || progress.status === 'diverged') this.phase = progress.status;
    else if (this.phase !== 'training') this.phase = progress.step === 0 ? 'ready' : 'paused';
    return succeed(null);
  }

  /** Looks at all parts, now that training stands still. */
  async #rest(): Promise<Outcome<null>> {
    this.#calls.rest();
    if (this.phase !== 'diverged') {
      const outcome = await this.#trainer.evaluate();
      if (!outcome.ok) return outcome;
      this.evaluations = outcome.value;
    }
    this.#tell();
    return succeed(null);
  }

  #tell(): void {
    if (this.number !== null && this.built !== null) this.#keeper.note(this.number, factsOf(this), this.built.era);
  }
}
