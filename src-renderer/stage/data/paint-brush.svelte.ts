import type { PaintedPoints } from '../../../src-worker/api';
import { padRange, rangeOf, type Range } from '../../charts/scale';
import type { AppState } from '../../state/app.svelte';
import { classesIn, CLASS_NAMES, pointsOf, withoutPoints, withPoints, type Dab } from '../../state/paint-edits';

const PLANE: Range = { min: -1, max: 1 };
/** Shares of the plane: between two dabs of one stroke, and the reach of the eraser. */
const SPACING = 0.03;
const REACH = 0.035;

/** What the pointer and the keys do to the painted points: whole strokes, each one step of undo. */
export class Brush {
  /** The class that is painted, or the eraser. */
  tool = $state<string>(CLASS_NAMES[0]!);
  /** The stroke under way: points to come, or the indices of points to go. */
  dabs = $state.raw<readonly Dab[]>([]);
  wiped = $state.raw<readonly number[]>([]);
  /** Where the keys paint, in the units of the plane; null while nobody uses them. */
  cursor = $state.raw<Dab | null>(null);
  #erasing = false;

  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  get points(): PaintedPoints {
    return pointsOf(this.#app.experiment.document) ?? { task: 'classes', x: [], y: [], target: [] };
  }

  /** Classes with points, at least two, and the one that is chosen: what has a colour of its own. */
  get palette(): readonly string[] {
    const chosen = CLASS_NAMES.includes(this.tool) ? [this.tool] : [];
    const names = [...CLASS_NAMES.slice(0, 2), ...classesIn(this.points), ...chosen];
    return names.filter((name, index) => names.indexOf(name) === index).sort();
  }

  /** The plane, as large as its points ask for. */
  get ranges(): { readonly x: Range; readonly y: Range } {
    const cover = (values: readonly number[]): Range => {
      const range = rangeOf(values);
      if (range === null || (range.min >= PLANE.min && range.max <= PLANE.max)) return PLANE;
      return padRange({ min: Math.min(range.min, PLANE.min), max: Math.max(range.max, PLANE.max) }, 0.04);
    };
    return { x: cover(this.points.x), y: cover(this.points.y) };
  }

  /** A stroke begins; `erase` for the other mouse button. */
  press(at: Dab, erase: boolean): void {
    this.#erasing = erase || this.tool === ERASER;
    this.dabs = [];
    this.wiped = [];
    this.drag(at);
  }

  drag(at: Dab): void {
    if (this.#erasing) {
      const near = this.#near(at).filter((index) => !this.wiped.includes(index));
      if (near.length > 0) this.wiped = [...this.wiped, ...near];
      return;
    }
    const last = this.dabs.at(-1);
    if (last === undefined || this.#distance(at, last) >= SPACING) this.dabs = [...this.dabs, at];
  }

  /** The stroke ends and becomes a part of the document. */
  release(): void {
    const { dabs, wiped, tool } = this;
    this.dabs = [];
    this.wiped = [];
    if (wiped.length > 0) {
      this.#app.experiment.edit(`Erase ${points(wiped.length)}`, (document) => withoutPoints(document, wiped));
    } else if (dabs.length > 0) {
      const what = this.points.task === 'curve' ? '' : ` of ${tool}`;
      this.#app.experiment.edit(`Paint ${points(dabs.length)}${what}`, (document) => withPoints(document, dabs, tool));
    }
  }

  cancel(): void {
    this.dabs = [];
    this.wiped = [];
  }

  /** Moves the cursor by shares of the plane; it begins in the middle. */
  move(right: number, up: number): void {
    const { x, y } = this.ranges;
    const from = this.cursor ?? { x: (x.min + x.max) / 2, y: (y.min + y.max) / 2 };
    const step = (value: number, by: number, { min, max }: Range): number =>
      Math.max(min, Math.min(max, value + by * (max - min)));
    this.cursor = { x: step(from.x, right, x), y: step(from.y, up, y) };
  }

  /** Paints or erases at the cursor. */
  dab(erase: boolean): void {
    if (this.cursor === null) this.move(0, 0);
    this.press(this.cursor!, erase);
    this.release();
  }

  /** The brush of a digit key, where there is such a class. */
  choose(digit: number): void {
    const name = CLASS_NAMES[digit - 1];
    // One new class at a time: the third before the fourth.
    if (name !== undefined && (this.palette.includes(name) || digit === this.palette.length + 1)) this.tool = name;
  }

  #near(at: Dab): number[] {
    const { x, y } = this.points;
    return x.flatMap((_, index) => (this.#distance(at, { x: x[index]!, y: y[index]! }) <= REACH ? [index] : []));
  }

  /** In shares of the plane's width and height. */
  #distance(a: Dab, b: Dab): number {
    const { x, y } = this.ranges;
    return Math.hypot((a.x - b.x) / (x.max - x.min), (a.y - b.y) / (y.max - y.min));
  }
}

export const ERASER = 'eraser';

function points(count: number): string {
  return count === 1 ? 'a point' : `${count} points`;
}
