import type { Outcome, Problem, RowOrder, RowsPage, RowsRequest, RowView } from '../../../src-worker/api';
import { BlockCache } from './block-cache';

/** Rows and columns that are asked for together. */
const ROWS = 100;
export const COLUMNS = 32;
/** Blocks that are kept: what a person scrolls back to. */
const MOST_BLOCKS = 60;

/** What is asked of the worker, apart from the place in the table. */
export interface RowsSubject {
  readonly as: RowsRequest['as'];
  readonly order: RowOrder;
  /** Of the data and of the weights: another one means that rows have to be asked for again. */
  readonly version: unknown;
}

/** A part of the table: these rows and these columns, the last ones not included. */
export interface RowsWindow {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/**
 * The rows that the table shows, block by block out of the worker. One question is under way at a time and the next one is about what
 * is on the screen then, so that fast scrolling leaves no queue behind.
 */
export class RowsFeed {
  /** Rows in the whole order; null until the first answer. */
  matching = $state<number | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  /** Counts answers: whoever reads it draws again. */
  answers = $state(0);

  readonly #ask: (request: RowsRequest) => Promise<Outcome<RowsPage>>;
  #subject: RowsSubject | null = null;
  readonly #blocks = new BlockCache<RowView>(MOST_BLOCKS);
  #wanted: RowsWindow | null = null;
  #asking = false;
  #generation = 0;

  constructor(ask: (request: RowsRequest) => Promise<Outcome<RowsPage>>) {
    this.#ask = ask;
  }

  /** What the rows are to be of. Rows of the same order stay on the screen until they are known anew. */
  follow(subject: RowsSubject): void {
    const before = this.#subject;
    if (before !== null && sameSubject(before, subject)) return;
    this.#blocks.expire(before !== null && before.as === subject.as && before.order === subject.order);
    this.#subject = subject;
    this.#generation++;
    void this.#fill();
  }

  /** Brings these rows and columns in, soon. */
  want(window: RowsWindow): void {
    this.#wanted = window;
    void this.#fill();
  }

  /** A row, its cells from the block of `column` on; undefined while it is on its way. */
  row(position: number, column: number): RowView | undefined {
    const key = keyOf(Math.floor(position / ROWS), Math.floor(column / COLUMNS));
    return this.#blocks.get(key)?.[position % ROWS];
  }

  async #fill(): Promise<void> {
    if (this.#asking || this.#subject === null) return;
    const block = this.#nextBlock();
    if (block === null) return;
    this.#asking = true;
    const generation = this.#generation;
    const { as, order } = this.#subject;
    const [rows, columns] = block;
    const outcome = await this.#ask({
      as,
      order,
      from: rows * ROWS,
      count: ROWS,
      columns: { from: columns * COLUMNS, count: COLUMNS },
    });
    this.#asking = false;
    if (generation === this.#generation) this.#accept(outcome, keyOf(rows, columns));
    void this.#fill();
  }

  #accept(outcome: Outcome<RowsPage>, key: string): void {
    this.problems = outcome.ok ? [] : outcome.problems;
    this.#blocks.put(key, outcome.ok ? outcome.value.rows : []);
    if (outcome.ok) this.matching = outcome.value.matching;
    this.answers++;
  }

  /** The first block of the screen that is not known; the very first one while nothing at all is known. */
  #nextBlock(): readonly [rows: number, columns: number] | null {
    const { firstRow, lastRow, firstColumn, lastColumn } = this.#wanted ?? NOTHING;
    const end = this.matching === null ? 1 : Math.min(lastRow, Math.max(1, this.matching));
    for (let rows = Math.floor(firstRow / ROWS); rows * ROWS < end; rows++) {
      for (let columns = Math.floor(firstColumn / COLUMNS); columns * COLUMNS < Math.max(1, lastColumn); columns++) {
        if (!this.#blocks.has(keyOf(rows, columns))) return [rows, columns];
      }
    }
    // The order may have become shorter than the place on the screen: somebody must find that out.
    return this.#blocks.isEmpty ? [0, 0] : null;
  }
}

const NOTHING: RowsWindow = { firstRow: 0, lastRow: 1, firstColumn: 0, lastColumn: 1 };

function keyOf(rows: number, columns: number): string {
  return `${rows}:${columns}`;
}

function sameSubject(a: RowsSubject, b: RowsSubject): boolean {
  return a.as === b.as && a.order === b.order && a.version === b.version;
}
