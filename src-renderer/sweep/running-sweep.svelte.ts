import type { Experiment, Outcome } from '../../src-worker/api';
import type { SweepPlan, SweepPoint } from '../../src-worker/experiment/sweep/sweep-plan';
import type { Problem } from '../../src-worker/problem';
import { Batch } from './batch';
import { SweepPool, type PointResult, type PoolWorker } from './pool';

/** A point that could not be trained, and why. */
export interface FailedPoint {
  readonly values: SweepPoint;
  readonly problems: readonly Problem[];
}

export interface SweepTask {
  readonly number: number;
  readonly plan: SweepPlan;
  readonly points: readonly { readonly values: SweepPoint; readonly document: Experiment }[];
  readonly workers: number;
  /** A fresh worker that has the data. */
  readonly start: () => Promise<Outcome<PoolWorker>>;
  /** Told of those that came to their end since the last time. */
  readonly onDone: (points: readonly FinishedPoint[]) => void;
}

/** A point with what came of it. */
export interface FinishedPoint {
  readonly values: SweepPoint;
  readonly document: Experiment;
  readonly result: PointResult;
}

/** Hundreds of runs a second would leave the window no time to show them. */
const TOLD_EVERY_MS = 250;

/** A sweep under way, and how far it is. */
export class RunningSweep {
  readonly number: number;
  readonly plan: SweepPlan;
  readonly total: number;
  phase = $state<'training' | 'paused' | 'ended'>('training');
  /** Points that came to their end. */
  done = $state(0);
  failed = $state.raw<readonly FailedPoint[]>([]);
  /** Of all epochs of all points, from 0 to 1. */
  share = $state(0);
  /** At the pace so far; null before anything was trained. */
  msLeft = $state<number | null>(null);

  /** Null once it has ended: it holds the data. */
  #pool: SweepPool | null;
  readonly #finished: Batch<FinishedPoint>;
  readonly #workers: number;
  readonly #shares: Float64Array;
  /** Time it trained for before {@link #since}. */
  #spentMs = 0;
  #since = performance.now();

  constructor({ number, plan, points, workers, start, onDone }: SweepTask) {
    this.number = number;
    this.plan = plan;
    this.total = points.length;
    this.#workers = workers;
    this.#finished = new Batch(onDone, TOLD_EVERY_MS);
    this.#shares = new Float64Array(points.length);
    this.#pool = new SweepPool(
      points.map(({ document }) => document),
      start,
      {
        onProgress: (point, share) => this.#reach(point, share),
        onDone: (point, result) => {
          this.done += 1;
          this.#reach(point, 1);
          this.#finished.add({ ...points[point]!, result });
        },
        onFailed: (point, problems) => {
          this.failed = [...this.failed, { values: points[point]!.values, problems }];
          this.#reach(point, 1);
        },
      },
    );
  }

  /** Trains to the end, or until {@link stop}; what kept its workers from starting comes back. */
  async run(): Promise<readonly Problem[]> {
    this.#since = performance.now();
    const problems = (await this.#pool?.run(this.#workers)) ?? [];
    this.#pool = null;
    this.#finished.flush();
    this.phase = 'ended';
    return problems;
  }

  pause(): void {
    if (this.phase !== 'training') return;
    this.phase = 'paused';
    this.#spentMs += performance.now() - this.#since;
    this.#pool?.pause();
  }

  goOn(): void {
    if (this.phase !== 'paused') return;
    this.phase = 'training';
    this.#since = performance.now();
    this.#pool?.goOn();
  }

  /** Ends it; the points that are done stay. */
  stop(): void {
    this.#pool?.stop();
  }

  #reach(point: number, share: number): void {
    this.#shares[point] = share;
    this.share = this.#shares.reduce((sum, each) => sum + each, 0) / this.total;
    const now = this.phase === 'training' ? performance.now() - this.#since : 0;
    this.msLeft = this.share === 0 ? null : ((this.#spentMs + now) / this.share) * (1 - this.share);
  }
}
