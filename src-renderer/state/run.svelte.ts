import type {
  BuildInfo,
  EpochRecord,
  Evaluations,
  Experiment,
  Outcome,
  ParameterChange,
  ParameterEdit,
  Problem,
  Progress,
  RunState,
} from '../../src-worker/api';
import { succeed } from '../../src-worker/problem';
import type { TrainerClient } from '../trainer-client';
import { nextBudget, nextFrame, type Pace } from './pace';
import { RunShelf, structureOf, type Subject } from './run-shelf';
import { withChange, type SettingsChange } from './settings-change';

/** `none`: nothing built yet. `ready`: built, no step made. `paused`: some steps made, more to go. */
export type RunPhase = 'none' | 'building' | 'ready' | 'training' | 'paused' | 'finished' | 'diverged';

/** The run: a network in the worker that was built from {@link built} and is trained by pulling `advance`. */
export class TrainingRun {
  phase = $state<RunPhase>('none');
  pace = $state<Pace>('watch');
  /** The document the network in the worker was built from. */
  built = $state.raw<Subject | null>(null);
  info = $state.raw<BuildInfo | null>(null);
  progress = $state.raw<Progress | null>(null);
  /** The points of the curves, from epoch 0 on. A new array whenever points were added. */
  records = $state.raw<readonly EpochRecord[]>([]);
  /** Where training settings changed along those curves. */
  changes = $state.raw<readonly SettingsChange[]>([]);
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

  readonly #trainer: TrainerClient;
  readonly #shelf = new RunShelf();
  /** Of the states on the shelf. */
  readonly #shelvedChanges = new WeakMap<RunState, readonly SettingsChange[]>();
  #msPerStep: number | null = null;
  #wanted = false;
  #loop: Promise<Outcome<null>> | null = null;
  #applied: Experiment['training'] | null = null;

  constructor(trainer: TrainerClient) {
    this.#trainer = trainer;
  }

  get busy(): boolean {
    return this.phase === 'building' || this.phase === 'training';
  }

  /** Whether `subject` describes another network or other data than what was built. */
  isStale(subject: Subject): boolean {
    return this.built !== null && structureOf(this.built) !== structureOf(subject);
  }

  /**
   * Whether the run should be built without being asked: nothing was built or trained yet, another experiment began, or an
   * undo came back to a run that was put aside. Otherwise trained weights are not given up before the next step.
   */
  wantsBuild(subject: Subject): boolean {
    if (this.built === null) return true;
    if (!this.isStale(subject)) return false;
    return (this.progress?.step ?? 0) === 0 || this.built.origin !== subject.origin || this.#shelf.has(subject);
  }

  /**
   * Builds the network of the subject's document and initialises it: from `resume`, else from what an earlier run of the same structure
   * left behind, else from its seed.
   */
  async build(subject: Subject, resume?: RunState): Promise<Outcome<null>> {
    await this.pause();
    await this.#shelve();
    return this.#build(subject, resume ?? this.#shelf.take(subject));
  }

  /** Builds anew from the seed; what was trained so far is given up. */
  async reset(subject: Subject): Promise<Outcome<null>> {
    await this.pause();
    this.#shelf.take(subject);
    return this.#build(subject);
  }

  /** Trains until {@link pause}, the last epoch, or a loss that is no number. The network must have been built. */
  train(): Promise<Outcome<null>> {
    this.#wanted = true;
    this.#loop ??= this.#pull().finally(() => {
      this.#loop = null;
    });
    return this.#loop;
  }

  /** Stops after the call that is under way. */
  async pause(): Promise<void> {
    this.#wanted = false;
    await this.#loop;
  }

  /** One update of the weights. */
  async step(): Promise<Outcome<null>> {
    await this.pause();
    const outcome = await this.#advance({ steps: 1 });
    return outcome.ok ? this.#evaluate() : outcome;
  }

  /** Puts the weights of the best epoch back; a run that diverged can go on from there. */
  async restoreBest(): Promise<Outcome<null>> {
    await this.pause();
    const outcome = await this.#trainer.restoreBest();
    if (!outcome.ok) return outcome;
    this.phase = 'paused';
    this.answered = false;
    const standing = await this.#advance({ steps: 0 });
    return standing.ok ? this.#evaluate() : standing;
  }

  /** Sets one weight or bias; WeightEdits knows how it is taken back. */
  async setParameter(edit: ParameterEdit): Promise<Outcome<ParameterChange>> {
    const outcome = await this.#trainer.setParameter(edit);
    if (!outcome.ok || this.phase === 'training') return outcome;
    const standing = await this.#advance({ steps: 0 });
    const evaluated = standing.ok ? await this.#evaluate() : standing;
    return evaluated.ok ? outcome : evaluated;
  }

  /** Hands changed training settings to the run that goes on; does nothing where it would need a rebuild. */
  async follow(subject: Subject): Promise<Outcome<null>> {
    if (this.built === null || this.isStale(subject)) return succeed(null);
    const { document } = subject;
    const applied = this.#applied;
    if (applied === null || JSON.stringify(document.training) === JSON.stringify(applied)) return succeed(null);
    const outcome = await this.#trainer.changeTraining(document.training);
    if (!outcome.ok) return outcome;
    this.#applied = document.training;
    this.#noteChange(applied, document.training);
    this.#reopen(document.training.epochs);
    return outcome;
  }

  async #build(subject: Subject, resume?: RunState): Promise<Outcome<null>> {
    const before = this.phase;
    this.phase = 'building';
    const outcome = await this.#trainer.build(subject.document, resume);
    if (!outcome.ok) {
      this.phase = before;
      return outcome;
    }
    this.info = outcome.value;
    this.built = subject;
    this.#applied = subject.document.training;
    this.problem = null;
    this.answered = false;
    this.changes = (resume && this.#shelvedChanges.get(resume)) ?? [];
    this.progress = null;
    this.msLeft = null;
    this.#msPerStep = null;
    this.records = resume?.history ?? [];
    // A budget of no steps changes nothing; it says where the run stands and brings the point of epoch 0.
    const standing = await this.#advance({ steps: 0 });
    return standing.ok ? this.#evaluate() : standing;
  }

  async #pull(): Promise<Outcome<null>> {
    this.phase = 'training';
    this.evaluations = null;
    for (;;) {
      const outcome = await this.#advance(nextBudget(this.pace, this.progress, this.#msPerStep));
      if (!outcome.ok) {
        this.#wanted = false;
        this.phase = 'paused';
        return outcome;
      }
      if (this.phase !== 'training') break;
      if (!this.#wanted) {
        this.phase = 'paused';
        break;
      }
      if (this.pace === 'watch') await nextFrame();
    }
    this.#wanted = false;
    return this.#evaluate();
  }

  async #advance(budget: { steps: number } | { ms: number }): Promise<Outcome<null>> {
    const stepBefore = this.progress?.step ?? null;
    const start = performance.now();
    const outcome = await this.#trainer.advance(budget);
    if (!outcome.ok) return outcome;
    const progress = outcome.value;
    this.progress = progress;
    if (progress.records.length > 0) this.records = mergeRecords(this.records, progress.records);
    if (stepBefore !== null) this.#measure(progress, progress.step - stepBefore, performance.now() - start);
    this.weightsVersion += 1;
    this.#settle(progress);
    return succeed(null);
  }

  #settle(progress: Progress): void {
    this.problem = progress.problem;
    if (progress.status === 'finished' || progress.status === 'diverged') this.phase = progress.status;
    else if (this.phase !== 'training') this.phase = progress.step === 0 ? 'ready' : 'paused';
  }

  /** An average that forgets, so that the time left neither jumps nor lags. */
  #measure(progress: Progress, steps: number, ms: number): void {
    if (steps <= 0) return;
    const now = ms / steps;
    this.#msPerStep = this.#msPerStep === null ? now : 0.8 * this.#msPerStep + 0.2 * now;
    const left = progress.epochs * progress.batchesPerEpoch - progress.step;
    const frameMs = this.pace === 'watch' ? Math.max(0, 1000 / 60 - ms) / steps : 0;
    this.msLeft = Math.max(0, left) * (this.#msPerStep + frameMs);
  }

  async #evaluate(): Promise<Outcome<null>> {
    if (this.phase === 'diverged') return succeed(null);
    const outcome = await this.#trainer.evaluate();
    if (!outcome.ok) return outcome;
    this.evaluations = outcome.value;
    return succeed(null);
  }

  async #shelve(): Promise<void> {
    if (this.built === null || (this.progress?.step ?? 0) === 0) return;
    const outcome = await this.#trainer.snapshot();
    if (!outcome.ok) return;
    this.#shelf.put(this.built, outcome.value.state);
    this.#shelvedChanges.set(outcome.value.state, this.changes);
  }

  #noteChange(from: Experiment['training'], to: Experiment['training']): void {
    const { progress } = this;
    if (progress === null || progress.step === 0) return;
    const epoch = progress.step / progress.batchesPerEpoch;
    this.changes = withChange(this.changes, { epoch, from, to });
  }

  /**
   * More epochs make a finished run one that can go on; fewer may finish it. A diverged run stays so: from its last finite
   * weights the loss would be no number again, at whatever learning rate.
   */
  #reopen(epochs: number): void {
    if (this.progress === null) return;
    this.progress = { ...this.progress, epochs };
    if (this.phase === 'diverged') this.answered = true;
    if (this.phase === 'finished' && this.progress.epoch < epochs) this.phase = 'paused';
    else if (this.phase === 'paused' && this.progress.epoch >= epochs) this.phase = 'finished';
  }
}

/** A point that comes twice (a resumed run may repeat its last one) counts once. */
function mergeRecords(known: readonly EpochRecord[], added: readonly EpochRecord[]): readonly EpochRecord[] {
  const last = known.at(-1)?.epoch ?? -1;
  const repeated = (added[0]?.epoch ?? Infinity) <= last;
  return known.concat(repeated ? added.filter((record) => record.epoch > last) : added);
}
