import type { PaintedPoints } from '../../../src-worker/api';
import { padRange, rangeOf, type Range } from '../../charts/scale';
import type { AppState } from '../../state/app.svelte';
import { classesIn, CLASS_NAMES, pointsOf, withoutPoints, withPoints, type Dab } from '../../state/paint-edits';

const PLANE: Range = { min: -1, max: 1 };
/** Shares of the plane: between two dabs of one stroke, and the reach of the eraser. */
const SPACING = 0.03;
const REACH = 0.035;

/** Values that are offered before any point has a greater or a smaller one. */
const VALUES: Range = { min: -1, max: 1 };

/** What the pointer and the keys do to the painted points: whole strokes, each one step of undo. */
export class Brush {
  /** The class that is painted, or the eraser. */
  tool = $state<string>(CLASS_NAMES[0]!);
  /** The number that is painted, where points have one. */
  value = $state(VALUES.max);
  /** The stroke under way: points to come, or the indices of points to go. */
  dabs = $state.raw<readonly Dab[]>([]);
  wiped = $state.raw<readonly number[]>([]);
  /** Where the keys paint, in the units of the plane; null while nobody uses them. */
  cursor = $state.raw<Dab | null>(null);
  #erasing = false;

  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
    this.tool = classesIn(this.points)[0] ?? this.tool;
  }

  get points(): PaintedPoints {
    return pointsOf(this.#app.experiment.document) ?? { task: 'classes', x: [], y: [], target: [] };
  }

  /** What the next point gets for a target. */
  get target(): string | number {
    return this.points.task === 'regression' ? this.value : this.tool;
  }

  /** Classes with points, the one that is chosen, and names for as many as make two: what has a colour of its own. */
  get palette(): readonly string[] {
    const painted = classesIn(this.points);
    const chosen = this.tool === ERASER || painted.includes(this.tool) ? painted : [...painted, this.tool];
    const further = CLASS_NAMES.filter((name) => !chosen.includes(name));
    return [...chosen, ...further.slice(0, Math.max(0, 2 - chosen.length))].sort();
  }

  /** The class that a further brush would paint; null where there are as many as a plane holds. */
  get nextClass(): string | null {
    const { palette } = this;
    return palette.length < CLASS_NAMES.length ? (CLASS_NAMES.find((name) => !palette.includes(name)) ?? null) : null;
  }

  /** From the lowest to the highest number that is painted or offered. */
  get values(): Range {
    const range = this.points.task === 'regression' ? rangeOf(this.points.target.map(Number)) : null;
    return { min: Math.min(VALUES.min, range?.min ?? 0), max: Math.max(VALUES.max, range?.max ?? 0) };
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
    const { dabs, wiped, target } = this;
    this.dabs = [];
    this.wiped = [];
    if (wiped.length > 0) {
      this.#app.experiment.edit(`Erase ${points(wiped.length)}`, (document) => withoutPoints(document, wiped));
    } else if (dabs.length > 0) {
      const what = this.points.task === 'curve' ? '' : ` of ${target}`;
      this.#app.experiment.edit(`Paint ${points(dabs.length)}${what}`, (document) =>
        withPoints(document, dabs, target),
      );
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

  /** The brush of a digit key: the class at this place, or a number, 1 for the lowest and 9 for the highest. */
  choose(digit: number): void {
    const { palette, values } = this;
    if (this.points.task === 'classes') {
      // One new class at a time: the third before the fourth.
      const name = palette[digit - 1] ?? (digit === palette.length + 1 ? this.nextClass : null);
      if (name !== null) this.tool = name;
      return;
    }
    this.value = values.min + ((digit - 1) / 8) * (values.max - values.min);
    this.paint();
  }

  /** Puts the eraser away. */
  paint(): void {
    if (this.tool === ERASER) this.tool = this.palette[0]!;
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
