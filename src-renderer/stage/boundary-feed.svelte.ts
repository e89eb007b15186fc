import type { Boundary, BoundaryRequest, GridAxis, Outcome, Problem } from '../../src-worker/api';
import { PacedFeed, type FeedOptions } from '../state/paced-feed.svelte';

/** What answers: the training worker. */
interface BoundarySource {
  boundary(request: BoundaryRequest): Promise<Outcome<Boundary>>;
}

/** One picture takes the worker no longer than this: of a slow network it is coarser … */
const MOST_MS = 40;
/** … and less so at rest, where it holds up nothing and should look the same each time, however fast its first points were. */
const MOST_MS_AT_REST = 1000;
/** Steps of the first picture, before it is known what a point costs. */
const FIRST_STEPS = 24;
const FEWEST_STEPS = 8;

type Shares = Omit<FeedOptions, 'load'>;
/** It is watched as it moves: twenty pictures a second are worth half of the window's time, where training leaves it a core. */
const LARGE: Shares = { share: 0.05, drawingShare: 1 / 2 };

/** Pulls pictures of the boundary, as fine as asked for wherever the network is fast enough. */
export class BoundaryFeed {
  readonly #feed: PacedFeed<BoundaryRequest, Boundary>;
  #msPerPoint: number | null = null;

  /** @param shares of the worker's and of the window's time: those of the large picture, where none are given */
  constructor(source: BoundarySource, load: FeedOptions['load'], shares: Shares = LARGE) {
    this.#feed = new PacedFeed((request, training) => this.#draw(source, request, training), { ...shares, load });
  }

  /** The newest picture; null where the network and the data cannot give one. */
  get current(): Boundary | null {
    return this.#feed.current;
  }

  get problem(): Problem | null {
    return this.#feed.problem;
  }

  /** Wishes for a picture of the weights as they are now; replaces a wish that was not yet answered. Null withdraws it. */
  ask(request: BoundaryRequest | null, training = true): void {
    this.#feed.ask(request, training);
  }

  async #draw(source: BoundarySource, request: BoundaryRequest, training: boolean): Promise<Outcome<Boundary>> {
    if (this.#msPerPoint === null) {
      const first = await this.#ask(source, atMost(request, FIRST_STEPS));
      if (!first.ok) return first;
    }
    const points = (training ? MOST_MS : MOST_MS_AT_REST) / (this.#msPerPoint ?? Infinity);
    const steps = request.y.steps === 1 ? points : Math.sqrt(points);
    return this.#ask(source, atMost(request, Math.max(FEWEST_STEPS, Math.floor(steps))));
  }

  async #ask(source: BoundarySource, request: BoundaryRequest): Promise<Outcome<Boundary>> {
    const outcome = await source.boundary(request);
    if (outcome.ok) this.#msPerPoint = outcome.value.ms / (outcome.value.columns * outcome.value.rows);
    return outcome;
  }
}

function atMost(request: BoundaryRequest, steps: number): BoundaryRequest {
  const fewer = (axis: GridAxis): GridAxis => (axis.steps > steps ? { ...axis, steps } : axis);
  return { ...request, x: fewer(request.x), y: fewer(request.y) };
}
