import type {
  Experiment,
  GradientCheckChoices,
  GradientCheckRequest,
  GradientCheckState,
  Outcome,
  Problem,
} from '../../src-worker/api';
import { pause } from './pace';

/** What checks: the training worker. */
interface CheckSource {
  gradientCheckChoices(): Promise<Outcome<GradientCheckChoices>>;
  startGradientCheck(request: GradientCheckRequest): Promise<Outcome<GradientCheckState>>;
  continueGradientCheck(ms: number, curveOf: string | null): Promise<Outcome<GradientCheckState>>;
}

/** Who checks, and whether training goes on meanwhile. */
interface Checker {
  readonly source: CheckSource;
  readonly isTraining: () => boolean;
}

/** One piece of work; while training goes on, so much of the time at most goes into checking. */
const PIECE_MS = 16;
const SHARE = 0.06;
/** A slider that is drawn starts a check where it comes to rest. */
const REST_MS = 150;

/** The Gradient check view: what was asked for, and how far the worker is with it. A view that is closed asks for nothing. */
export class GradientCheckView {
  choices = $state.raw<GradientCheckChoices | null>(null);
  /** Null until somebody chooses: then as many as make a pass quick. */
  examples = $state<number | null>(null);
  entries = $state(50);
  /** h = 10^exponent. */
  exponent = $state(-5);
  bug = $state<GradientCheckRequest['bug']>(null);
  /** The array whose error over h is drawn; null for the worst one. */
  array = $state<string | null>(null);
  result = $state.raw<GradientCheckState | null>(null);
  problem = $state.raw<Problem | null>(null);
  running = $state(false);
  /** The network and the data that the result is of. */
  subject = $state.raw<Pick<Experiment, 'network' | 'data'> | null>(null);

  /** Null while the view is closed. */
  #checker: Checker | null = null;
  /** Grows with every start, so that an answer to an earlier one is dropped. */
  #asked = 0;
  #pulling = false;

  /** The view is there: what was under way goes on. @returns to be called when it goes */
  open(checker: Checker): () => void {
    this.#checker = checker;
    if (this.running) void this.#pull();
    return () => {
      this.#checker = null;
    };
  }

  /** Whether the result is of this network on these data, and not of what they were before an edit. */
  isOf({ network, data }: Pick<Experiment, 'network' | 'data'>): boolean {
    return this.subject?.network === network && this.subject.data === data;
  }

  /** Wishes for a check with a bug planted, or none: it begins when the view is there. */
  ask(bug: GradientCheckRequest['bug']): void {
    this.stop();
    this.bug = bug;
    this.result = this.problem = null;
  }

  /** Begins anew with the present choices and weights. */
  async start(subject: Pick<Experiment, 'network' | 'data'>, restMs = 0): Promise<void> {
    const asked = ++this.#asked;
    this.running = true;
    await pause(restMs);
    const source = this.#checker?.source;
    if (asked !== this.#asked || source === undefined) return;
    const choices = await source.gradientCheckChoices();
    this.choices = choices.ok ? choices.value : null;
    const examples = this.examples ?? this.choices?.examples ?? 1;
    const { entries, bug } = this;
    const outcome = await source.startGradientCheck({ examples, entries, bug, step: 10 ** this.exponent });
    if (asked !== this.#asked) return;
    this.array = null;
    this.subject = subject;
    this.#take(outcome);
    if (this.running) void this.#pull();
  }

  /** As {@link start}, for controls that change many times a second. */
  change(subject: Pick<Experiment, 'network' | 'data'>): void {
    void this.start(subject, REST_MS);
  }

  stop(): void {
    this.#asked++;
    this.running = false;
  }

  /** Draws the error over h of another array. */
  draw(array: string | null): void {
    this.array = array;
    if (this.result === null || this.result.status === 'arrays') return;
    this.running = true;
    void this.#pull();
  }

  async #pull(): Promise<void> {
    if (this.#pulling) return;
    this.#pulling = true;
    while (this.running && this.#checker !== null) {
      const { source, isTraining } = this.#checker;
      const [asked, array] = [this.#asked, this.array];
      const outcome = await source.continueGradientCheck(PIECE_MS, array);
      if (asked === this.#asked && array === this.array) this.#take(outcome);
      await pause(isTraining() && outcome.ok ? outcome.value.ms / SHARE : 0);
    }
    this.#pulling = false;
  }

  #take(outcome: Outcome<GradientCheckState>): void {
    this.problem = outcome.ok ? null : (outcome.problems[0] ?? null);
    if (outcome.ok) this.result = outcome.value;
    this.running = outcome.ok && outcome.value.status !== 'done';
  }
}
