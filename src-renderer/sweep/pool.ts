import type {
  EpochRecord,
  Evaluations,
  Experiment,
  Outcome,
  PointProgress,
  Problem,
  Progress,
} from '../../src-worker/api';

/** A worker that trains one point at a time. */
export interface PoolWorker {
  begin(experiment: Experiment): Promise<Outcome<null>>;
  advance(ms: number): Promise<Outcome<PointProgress>>;
  /** Ends it at once; what was asked of it fails. */
  end(): void;
}

/** What came of a point. */
export interface PointResult {
  readonly records: readonly EpochRecord[];
  /** How it stood at its end. */
  readonly progress: Progress;
  readonly evaluations: Evaluations | null;
}

/** Told of each point by its place in the list. */
export interface PoolEvents {
  /** @param share of its epochs, from 0 to 1 */
  readonly onProgress: (point: number, share: number) => void;
  readonly onDone: (point: number, result: PointResult) => void;
  /** It could not be trained: not that it diverged, which is a result. */
  readonly onFailed: (point: number, problems: readonly Problem[]) => void;
}

/** Of one call: a few messages a second from each worker, and a pause that is soon one. */
const STRETCH_MS = 100;

/** Trains points side by side, each worker the next one as soon as it is free. Workers are pulled, so a pause is not calling them. */
export class SweepPool {
  readonly #documents: readonly Experiment[];
  readonly #start: () => Promise<Outcome<PoolWorker>>;
  readonly #events: PoolEvents;
  readonly #workers = new Set<PoolWorker>();
  #next = 0;
  #stopped = false;
  /** Closed while it is paused. */
  #gate: { readonly opened: Promise<void>; readonly open: () => void } | null = null;

  /** @param start a fresh worker that has the data */
  constructor(documents: readonly Experiment[], start: () => Promise<Outcome<PoolWorker>>, events: PoolEvents) {
    this.#documents = documents;
    this.#start = start;
    this.#events = events;
  }

  /**
   * Trains until every point is done, or {@link stop}.
   * @returns what kept a worker from starting; empty where none was
   */
  async run(workers: number): Promise<readonly Problem[]> {
    const count = Math.min(workers, this.#documents.length);
    const ended = await Promise.all(Array.from({ length: count }, () => this.#work()));
    return ended.find((problems) => problems.length > 0) ?? [];
  }

  pause(): void {
    if (this.#gate !== null) return;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.#gate = { opened, open };
  }

  goOn(): void {
    this.#gate?.open();
    this.#gate = null;
  }

  /** Ends every worker at once; points that are done are done. */
  stop(): void {
    this.#stopped = true;
    this.goOn();
    for (const worker of this.#workers) worker.end();
  }

  async #work(): Promise<readonly Problem[]> {
    while (this.#has()) {
      const started = await this.#start();
      if (!started.ok) return this.#stopped ? [] : started.problems;
      const worker = started.value;
      this.#workers.add(worker);
      try {
        // A worker that failed may have lost its memory: the next point gets another one.
        while (this.#has() && (await this.#train(worker)));
      } finally {
        this.#workers.delete(worker);
        worker.end();
      }
    }
    return [];
  }

  #has(): boolean {
    return !this.#stopped && this.#next < this.#documents.length;
  }

  /** @returns whether the worker can go on with another point */
  async #train(worker: PoolWorker): Promise<boolean> {
    const point = this.#next++;
    const outcome = await this.#toItsEnd(worker, point);
    if (this.#stopped) return false;
    if (outcome.ok) this.#events.onDone(point, outcome.value);
    else this.#events.onFailed(point, outcome.problems);
    return outcome.ok;
  }

  async #toItsEnd(worker: PoolWorker, point: number): Promise<Outcome<PointResult>> {
    await this.#gate?.opened;
    const begun = await worker.begin(this.#documents[point]!);
    if (!begun.ok) return begun;
    const records: EpochRecord[] = [];
    for (;;) {
      await this.#gate?.opened;
      const outcome = await worker.advance(STRETCH_MS);
      if (!outcome.ok) return outcome;
      const { progress, evaluations } = outcome.value;
      records.push(...progress.records);
      if (progress.status === 'finished' || progress.status === 'diverged') {
        return { ok: true, value: { records, progress, evaluations } };
      }
      const { epoch, epochs, batchInEpoch, batchesPerEpoch } = progress;
      if (!this.#stopped) this.#events.onProgress(point, (epoch + batchInEpoch / batchesPerEpoch) / epochs);
    }
  }
}
