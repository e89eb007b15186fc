import type {
  ExamplesRequest,
  MistakenExamples,
  MistakesReport,
  MistakesRequest,
  MistakesState,
  Outcome,
  Problem,
} from '../../src-worker/api';
import { pause } from './pace';

/** What answers: the training worker. */
interface MistakesSource {
  startMistakes(request: MistakesRequest): Promise<Outcome<null>>;
  continueMistakes(ms: number): Promise<Outcome<MistakesState>>;
  mistakenExamples(request: ExamplesRequest): Promise<Outcome<MistakenExamples>>;
}

/** A look at a part with some weights. */
export interface MistakesWish {
  readonly request: MistakesRequest;
  /** Which data, which part and whose weights: while it stays, a pass is finished before the next begins. */
  readonly subject: string;
  readonly isTraining: () => boolean;
}

const PIECE_MS = 12;
/** While training goes on, so much of the time at most goes into looking; and numbers that change more often cannot be read. */
const SHARE = 0.06;
const INTERVAL_MS = 500;

/** Pulls reports of mistakes: one pass at a time, paced by what it costs. A view that is not there asks for nothing. */
export class MistakesFeed {
  /** The newest; it stays while the next one is made. */
  report = $state.raw<MistakesReport | null>(null);
  /** What the report is of. */
  subject = $state.raw<string | null>(null);
  examples = $state.raw<MistakenExamples | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #source: MistakesSource;
  #wanted: MistakesWish | null = null;
  #open = true;
  #pulling = false;
  #nextMs = 0;
  #listed = 0;

  constructor(source: MistakesSource) {
    this.#source = source;
  }

  /** Wishes for a look at the weights as they are now; replaces a wish that was not yet answered. Null withdraws it. */
  ask(wish: MistakesWish | null): void {
    this.#wanted = wish;
    if (wish !== null && wish.subject !== this.subject) this.#nextMs = 0;
    if (!this.#pulling) void this.#pull();
  }

  close(): void {
    this.#open = false;
    this.#wanted = null;
  }

  /** The examples of the newest report; what was asked for earlier and comes later is dropped. */
  async list(request: ExamplesRequest): Promise<void> {
    const listed = ++this.#listed;
    const outcome = await this.#source.mistakenExamples(request);
    if (listed === this.#listed && outcome.ok) this.examples = outcome.value;
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const wish = this.#wanted;
      if (wish === null) break;
      this.#wanted = null;
      const spentMs = await this.#pass(wish);
      this.#nextMs = performance.now() + (wish.isTraining() ? Math.max(INTERVAL_MS, spentMs / SHARE) : 0);
    }
    this.#pulling = false;
  }

  /** @returns how long the worker was busy with it and no pause has made up for */
  async #pass({ request, subject, isTraining }: MistakesWish): Promise<number> {
    // A person waits for the first look at something: what it costs is made up for behind it.
    const first = subject !== this.subject;
    let owedMs = 0;
    let outcome: Outcome<unknown> = await this.#source.startMistakes(request);
    while (outcome.ok && this.#open && (this.#wanted === null || this.#wanted.subject === subject)) {
      const went = await this.#source.continueMistakes(PIECE_MS);
      outcome = went;
      if (!went.ok) break;
      owedMs += went.value.ms;
      if (went.value.report !== null) {
        this.problem = null;
        this.report = went.value.report;
        this.subject = subject;
        return owedMs;
      }
      if (first || !isTraining()) continue;
      await pause(owedMs / SHARE);
      owedMs = 0;
    }
    if (!outcome.ok) this.problem = outcome.problems[0] ?? null;
    return 0;
  }
}
