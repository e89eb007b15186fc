import type { Outcome, Part, Problem, StepRequest, StepTrace } from '../../src-worker/api';
import { stepsOf, type Line, type Step } from '../../src-worker/insight/steps';

/** What traces a step: the training worker. */
interface StepSource {
  traceStep(request: StepRequest): Promise<Outcome<StepTrace>>;
}

export const NOTATIONS = [
  { value: 'weights', label: 'W, b' },
  { value: 'theta', label: 'Θ, bias as unit 0' },
  { value: 'np', label: 'NumPy' },
  { value: 'torch', label: 'PyTorch' },
] as const;
export type Notation = (typeof NOTATIONS)[number]['value'];

/** A number that was clicked. */
export interface Chosen {
  /** Which of the step's lines. */
  readonly line: number;
  /** In the order of memory. */
  readonly index: number;
}

/** The step debugger: one trace, frozen while it is looked at, and where in it one stands. */
export class MathsState {
  trace = $state.raw<StepTrace | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  part = $state<Part>('train');
  /** One example, or the batch that training takes next. */
  whole = $state(false);
  /** Of the one example, from 0. */
  index = $state(0);
  notation = $state<Notation>('weights');
  shapes = $state(true);
  chosen = $state.raw<Chosen | null>(null);
  /** What the weights were when they were looked at: see `TrainingRun.weightsVersion`. */
  version = $state(-1);
  /** The document whose network the trace is of. */
  subject: unknown = null;
  #at = $state('x');
  #asked = 0;

  readonly steps: readonly Step[] = $derived(this.trace === null ? [] : stepsOf(this.trace));
  readonly step: Step | null = $derived(this.steps.find(({ id }) => id === this.#at) ?? this.steps[0] ?? null);
  readonly lines: readonly Line[] = $derived.by(() => {
    if (this.step === null) return [];
    return (this.notation === 'theta' ? this.step.thetaLines?.() : undefined) ?? this.step.lines();
  });

  get place(): number {
    return this.step === null ? 0 : this.steps.indexOf(this.step);
  }

  go(id: string): void {
    this.#at = id;
    this.chosen = null;
  }

  /** To the stop before or behind; stays at the ends. */
  move(by: 1 | -1): void {
    const next = this.steps[this.place + by];
    if (next !== undefined) this.go(next.id);
  }

  setNotation(notation: Notation): void {
    this.notation = notation;
    // Θ has other indices than W and b.
    this.chosen = null;
  }

  /** Looks at the present weights; what was asked for earlier and comes later is dropped. */
  async look(source: StepSource, version: number, examples?: StepRequest['examples']): Promise<void> {
    const asked = ++this.#asked;
    this.loading = true;
    const outcome = await source.traceStep({
      part: this.part,
      examples: examples ?? (this.whole && this.part === 'train' ? 'next-batch' : { indices: [this.index] }),
    });
    if (asked !== this.#asked) return;
    this.loading = false;
    this.version = version;
    if (!outcome.ok) {
      this.problem = outcome.problems[0] ?? null;
      return;
    }
    this.problem = null;
    this.chosen = null;
    this.trace = outcome.value;
    if (!this.whole) this.index = outcome.value.indices[0] ?? 0;
  }

  /** Forgets a trace of another network or other data. */
  clear(): void {
    this.#asked++;
    this.loading = false;
    this.trace = null;
    this.problem = null;
    this.chosen = null;
    this.index = 0;
  }
}
