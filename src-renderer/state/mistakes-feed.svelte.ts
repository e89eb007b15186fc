import type {
  ExamplesRequest,
  MistakenExamples,
  MistakesReport,
  MistakesRequest,
  MistakesState,
  Outcome,
  Problem,
} from '../../src-worker/api';
import { drawingShare, drawn } from './drawing';
import type { Load } from './load';
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
}

const PIECE_MS = 12;
/** Of a look that a person waits for: each piece waits for a call that trains. */
const FIRST_PIECE_MS = 40;
/** While training goes on, so much of the time at most goes into looking; and numbers that change more often cannot be read. */
const SHARE = 0.04;
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
  readonly #load: () => Load;
  #wanted: MistakesWish | null = null;
  #open = true;
  #pulling = false;
  #nextMs = 0;
  #listed = 0;

  /** @param load what else the machine does */
  constructor(source: MistakesSource, load: () => Load) {
    this.#source = source;
    this.#load = load;
  }

  get #training(): boolean {
    return this.#load().phase === 'training';
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
    if (listed !== this.#listed || !outcome.ok) return;
    await this.#draw(() => (this.examples = outcome.value));
  }

  /** Shows something; the next look waits for as long as that is worth. */
  async #draw(change: () => void): Promise<void> {
    const begin = performance.now();
    const drawnMs = await drawn(change, this.#load());
    if (this.#training) this.#nextMs = Math.max(this.#nextMs, begin + drawnMs / drawingShare(this.#load()));
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    while (this.#wanted !== null) {
      await pause(this.#nextMs - performance.now());
      const wish = this.#wanted;
      if (wish === null) break;
      this.#wanted = null;
      const spentMs = await this.#pass(wish);
      const restMs = this.#training ? Math.max(INTERVAL_MS, spentMs / SHARE) : 0;
      this.#nextMs = Math.max(this.#nextMs, performance.now() + restMs);
    }
    this.#pulling = false;
  }

  /** @returns how long the worker was busy with it and no pause has made up for */
  async #pass({ request, subject }: MistakesWish): Promise<number> {
    // A person waits for the first look at something: what it costs is made up for behind it.
    const first = subject !== this.subject;
    let owedMs = 0;
    let outcome: Outcome<unknown> = await this.#source.startMistakes(request);
    while (outcome.ok && this.#open && (this.#wanted === null || this.#wanted.subject === subject)) {
      const went = await this.#source.continueMistakes(first ? FIRST_PIECE_MS : PIECE_MS);
      outcome = went;
      if (!went.ok) break;
      owedMs += went.value.ms;
      if (went.value.report !== null) {
        const { report } = went.value;
        await this.#draw(() => {
          this.problem = null;
          this.report = report;
          this.subject = subject;
        });
        return owedMs;
      }
      if (first || !this.#training) continue;
      await pause(owedMs / SHARE);
      owedMs = 0;
    }
    if (!outcome.ok) this.problem = outcome.problems[0] ?? null;
    return 0;
  }
}
