import type { ImagesPage, ImagesRequest, ImageView, Outcome } from '../../../src-worker/api';
import { BlockCache } from './block-cache';

const BLOCK = 96;
/** Blocks that are kept. */
const MOST_BLOCKS = 24;

/** What is asked of the worker, apart from the place in the order. */
export interface ImagesSubject extends Pick<ImagesRequest, 'show' | 'class' | 'order'> {
  /** Of the data: another one means that images have to be asked for again. */
  readonly version: unknown;
}

/** The images that the view shows, block by block out of the worker, one question at a time. */
export class ImagesFeed {
  /** Images in the whole order; null until the first answer. */
  matching = $state<number | null>(null);
  /** Counts answers: whoever reads it draws again. */
  answers = $state(0);

  readonly #ask: (request: ImagesRequest) => Promise<Outcome<ImagesPage>>;
  #subject: ImagesSubject | null = null;
  readonly #blocks = new BlockCache<ImageView>(MOST_BLOCKS);
  #wanted = { first: 0, last: 1 };
  #asking = false;
  #generation = 0;

  constructor(ask: (request: ImagesRequest) => Promise<Outcome<ImagesPage>>) {
    this.#ask = ask;
  }

  /** What the images are to be of. Those of the same order stay on the screen until they are known anew. */
  follow(subject: ImagesSubject): void {
    const before = this.#subject;
    const sameOrder =
      before !== null &&
      before.show === subject.show &&
      before.class === subject.class &&
      before.order === subject.order;
    if (sameOrder && before.version === subject.version) return;
    this.#blocks.expire(sameOrder);
    this.#subject = subject;
    this.#generation++;
    void this.#fill();
  }

  want(first: number, last: number): void {
    this.#wanted = { first, last };
    void this.#fill();
  }

  /** An image; undefined while it is on its way. */
  image(position: number): ImageView | undefined {
    return this.#blocks.get(String(Math.floor(position / BLOCK)))?.[position % BLOCK];
  }

  async #fill(): Promise<void> {
    if (this.#asking || this.#subject === null) return;
    const block = this.#nextBlock();
    if (block === null) return;
    this.#asking = true;
    const generation = this.#generation;
    const { show, class: wanted, order } = this.#subject;
    const outcome = await this.#ask({ show, class: wanted, order, from: block * BLOCK, count: BLOCK });
    this.#asking = false;
    if (generation === this.#generation) {
      this.#blocks.put(String(block), outcome.ok ? outcome.value.images : []);
      if (outcome.ok) this.matching = outcome.value.matching;
      this.answers++;
    }
    void this.#fill();
  }

  #nextBlock(): number | null {
    const { first, last } = this.#wanted;
    const end = this.matching === null ? 1 : Math.min(last, this.matching);
    for (let block = Math.floor(first / BLOCK); block * BLOCK < end; block++) {
      if (!this.#blocks.has(String(block))) return block;
    }
    return this.#blocks.isEmpty ? 0 : null;
  }
}
