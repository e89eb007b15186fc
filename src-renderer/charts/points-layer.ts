import type { Rgb } from './color';
import { drawPoint, type PartIndex } from './points';

/** The points to draw, in raw units, with the colour of each. */
export interface DrawnPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly part: ArrayLike<number>;
  /** Whether a point's shape tells its part; else all are round. */
  readonly shapes: boolean;
  readonly shown: readonly [train: boolean, dev: boolean, test: boolean];
  readonly colorOf: (index: number) => Rgb;
  /** 1 for each that is answered wrongly: a hollow shape with a cross. Null for none. */
  readonly wrong?: ArrayLike<number> | null;
}

/** Where points come to lie. */
export interface PointsPlace {
  /** Of the canvas, in its own pixels, and how many of them are one of CSS. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly surface: Rgb;
  /** Anything else that places depend on, in one text. */
  readonly key: string;
  readonly of: (x: number, y: number) => readonly [left: number, top: number];
}

/**
 * Points on a canvas of their own, drawn again only where they changed: over a field that changes twenty times a second they mostly stay as they are, and
 * some hundred discs take longer to draw than the field.
 */
export class PointsLayer {
  readonly #canvas = new OffscreenCanvas(1, 1);
  #points: DrawnPoints | null = null;
  #key = '';

  /** The layer with these points, as large as the canvas that they lie on. */
  show(points: DrawnPoints, place: PointsPlace): OffscreenCanvas {
    const { width, height, ratio, surface } = place;
    const key = [width, height, ratio, surface.join(), place.key].join(' ');
    if (key === this.#key && this.#points !== null && looksSame(points, this.#points)) return this.#canvas;
    this.#key = key;
    this.#points = points;
    this.#canvas.width = width;
    this.#canvas.height = height;
    const ctx = this.#canvas.getContext('2d');
    if (ctx === null) return this.#canvas;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const radius = points.x.length > 800 ? 2.5 : 3.5;
    for (let i = 0; i < points.x.length; i++) {
      const part = points.part[i] as PartIndex;
      if (!points.shown[part]) continue;
      const wrong = points.wrong?.[i] === 1;
      const at = place.of(points.x[i]!, points.y[i]!);
      drawPoint(ctx, points.shapes ? part : 0, at, radius, { color: points.colorOf(i), surface, wrong });
    }
    return this.#canvas;
  }
}

function looksSame(a: DrawnPoints, b: DrawnPoints): boolean {
  const same = a.x === b.x && a.y === b.y && a.part === b.part && a.colorOf === b.colorOf && a.shapes === b.shapes;
  return same && a.shown.every((each, part) => each === b.shown[part]) && equal(a.wrong ?? [], b.wrong ?? []);
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
