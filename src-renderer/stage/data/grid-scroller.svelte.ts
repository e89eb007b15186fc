import { gridTrack, topShowing, type GridTrack } from './grid-scroll';

export const ROW_HEIGHT = 28;
export const HEADER_HEIGHT = 52;

/** Where a grid is scrolled to, in rows instead of pixels, so that it has no longest length. */
export class GridScroller {
  /** The row at the upper edge, with its fraction. */
  top = $state(0);
  left = $state(0);
  scrollTop = $state(0);
  width = $state(0);
  height = $state(0);

  readonly #rows: () => number;
  #node: HTMLElement | null = null;

  constructor(rows: () => number) {
    this.#rows = rows;
  }

  /** Pixels between the header and the lower edge. */
  get viewport(): number {
    return Math.max(0, this.height - HEADER_HEIGHT);
  }

  get track(): GridTrack {
    return gridTrack(this.#rows(), ROW_HEIGHT, this.viewport);
  }

  /** Rows of one page, for PageUp and PageDown. */
  get page(): number {
    return Math.max(1, Math.floor(this.viewport / ROW_HEIGHT) - 1);
  }

  /** Pixels from the beginning of the track to a row on the screen. */
  offsetOf(row: number): number {
    return this.track.compressed ? this.scrollTop + (row - this.top) * ROW_HEIGHT : row * ROW_HEIGHT;
  }

  /** Listens to the element that scrolls; for `{@attach}`. */
  readonly attach = (node: HTMLElement): (() => void) => {
    this.#node = node;
    const resized = new ResizeObserver(() => {
      this.width = node.clientWidth;
      this.height = node.clientHeight;
    });
    resized.observe(node);
    // Only then is a wheel event one that can be held back.
    node.addEventListener('wheel', this.#turn, { passive: false });
    node.addEventListener('scroll', this.#follow);
    return () => {
      resized.disconnect();
      node.removeEventListener('wheel', this.#turn);
      node.removeEventListener('scroll', this.#follow);
      this.#node = null;
    };
  };

  /** Puts a row at the upper edge. */
  scrollTo(row: number): void {
    const node = this.#node;
    if (node === null) return;
    const { track } = this;
    const scrollTop = track.scrollTopOf(row);
    node.scrollTop = scrollTop;
    this.scrollTop = node.scrollTop;
    // A pixel of a long track is several rows: what is between them only this number knows.
    this.top = track.rowAt(scrollTop);
  }

  /** Scrolls as little as possible to have a row, and what lies between two pixels across, in view. */
  show(row: number, from: number, to: number, pinned: number): void {
    this.scrollTo(topShowing(row, this.top, ROW_HEIGHT, this.viewport));
    const node = this.#node;
    if (node === null) return;
    const seen = this.width - pinned;
    if (from < node.scrollLeft) node.scrollLeft = from;
    else if (to > node.scrollLeft + seen) node.scrollLeft = Math.min(from, to - seen);
  }

  readonly #follow = (): void => {
    const node = this.#node;
    if (node === null) return;
    this.left = node.scrollLeft;
    if (Math.abs(node.scrollTop - this.scrollTop) < 1 && this.track.compressed) return;
    this.scrollTop = node.scrollTop;
    this.top = this.track.rowAt(node.scrollTop);
  };

  readonly #turn = (event: WheelEvent): void => {
    if (!this.track.compressed || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? ROW_HEIGHT : 1;
    this.scrollTo(this.top + (event.deltaY * unit) / ROW_HEIGHT);
  };
}
