import type { Boundary } from '../../src-worker/api';
import { boundaryImage, type BoundaryMeaning } from './boundary-image';
import { toCss } from './color';
import { contourLine } from './contours';
import { PointsLayer, type DrawnPoints } from './points-layer';
import { resizeCanvas } from './resize-canvas';
import { formatTick, project, ticks, tickStep, type Range } from './scale';
import { CANVAS_FONT, readColor, readDataColors, redrawWithFont } from './theme-colors';

/** The colours of a plane, and the values along which lines are drawn over them. */
export interface DrawnField {
  readonly boundary: Pick<Boundary, 'columns' | 'rows' | 'outputs' | 'values'>;
  readonly meaning: BoundaryMeaning;
  readonly levels?: readonly number[];
}

/** A mark on an axis with its own words. */
export interface AxisTick {
  readonly value: number;
  readonly text: string;
}

/** Everything in the picture. `field` colours the plane; `curve` is drawn over it; either may be missing. */
export interface Scene {
  readonly x: Range;
  readonly y: Range;
  readonly xName: string;
  readonly yName: string;
  readonly field: DrawnField | null;
  readonly curve: ArrayLike<number> | null;
  readonly points: DrawnPoints | null;
  /** Ticks and names of the axes; without them the picture fills the canvas. */
  readonly axes: boolean;
  /** In place of round numbers: names, days. */
  readonly xTicks?: readonly AxisTick[];
  readonly yTicks?: readonly AxisTick[];
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const RADIUS = 8;
const LONGEST_TICK = 90;
const AXES_FRAME = { left: 46, bottom: 40, top: 8, right: 8 };

/** A picture of two features: the network's output as colours or a curve, the data over it. Sharp at any device pixel ratio. */
export class HeatMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  readonly #forgetFont: () => void;
  readonly #field = new OffscreenCanvas(1, 1);
  readonly #points = new PointsLayer();
  #scene: Scene | null = null;

  /** @param onresize told of every new size, by which what lies over the picture moves */
  constructor(canvas: HTMLCanvasElement, onresize: () => void = () => undefined) {
    const ctx = canvas.getContext('2d');
    if (ctx === null) throw new Error('this window cannot draw');
    this.#canvas = canvas;
    this.#ctx = ctx;
    this.#observer = new ResizeObserver(() => {
      this.#draw();
      onresize();
    });
    this.#observer.observe(canvas);
    this.#forgetFont = redrawWithFont(() => this.#draw());
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#draw();
  }

  /** Where a point of the plane is, in pixels from the upper left corner; null before anything is shown. */
  positionOf(px: number, py: number): readonly [left: number, top: number] | null {
    const scene = this.#scene;
    return scene === null ? null : place(px, py, scene.x, scene.y, this.#frameOf(scene));
  }

  /** The point of the plane at a place in pixels; null outside of the frame. */
  valuesAt(left: number, top: number): readonly [x: number, y: number] | null {
    const scene = this.#scene;
    if (scene === null) return null;
    const frame = this.#frameOf(scene);
    if (left < frame.left || left > frame.right || top < frame.top || top > frame.bottom) return null;
    const [across, up] = [scene.x, scene.y];
    return [
      project(left, { min: frame.left, max: frame.right }, { start: across.min, end: across.max }),
      project(top, { min: frame.top, max: frame.bottom }, { start: up.max, end: up.min }),
    ];
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#forgetFont();
  }

  #draw(): void {
    const scene = this.#scene;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (scene === null || width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    resizeCanvas(this.#canvas, Math.round(width * ratio), Math.round(height * ratio));
    this.#ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#ctx.clearRect(0, 0, width, height);
    const frame = frameOf(scene, width, height);
    this.#clipped(frame, () => {
      this.#drawField(scene, frame);
      if (scene.curve !== null) this.#drawCurve(scene.curve, scene, frame);
      if (scene.points !== null) this.#drawPoints(scene.points, scene, frame);
      this.#drawEdge(frame);
    });
    if (scene.axes) this.#drawAxes(scene, frame);
  }

  #frameOf(scene: Scene): Frame {
    return frameOf(scene, this.#canvas.clientWidth, this.#canvas.clientHeight);
  }

  #clipped({ left, top, right, bottom }: Frame, draw: () => void): void {
    this.#ctx.save();
    this.#ctx.beginPath();
    this.#ctx.roundRect(left, top, right - left, bottom - top, RADIUS);
    this.#ctx.clip();
    draw();
    this.#ctx.restore();
  }

  #drawField({ field }: Scene, { left, top, right, bottom }: Frame): void {
    if (field === null) return;
    const ctx = this.#ctx;
    const { columns, rows } = field.boundary;
    resizeCanvas(this.#field, columns, rows);
    const image = new ImageData(boundaryImage(field.boundary, field.meaning, readDataColors('field')), columns, rows);
    this.#field.getContext('2d')?.putImageData(image, 0, 0);
    ctx.imageSmoothingQuality = 'high';
    // The outermost values lie on the edges, so that half of their cells is outside of the frame.
    const [width, height] = [right - left, bottom - top];
    const [cellWidth, cellHeight] = [width / Math.max(1, columns - 1), height / Math.max(1, rows - 1)];
    ctx.drawImage(this.#field, left - cellWidth / 2, top - cellHeight / 2, width + cellWidth, height + cellHeight);
    for (const level of field.levels ?? [])
      this.#drawLevel(field.boundary, level, [left, bottom, cellWidth, cellHeight]);
  }

  #drawLevel(
    { columns, rows, outputs, values }: DrawnField['boundary'],
    level: number,
    [left, bottom, across, up]: readonly [number, number, number, number],
  ): void {
    const ctx = this.#ctx;
    const lines = contourLine({ columns, rows, stride: outputs, values }, level);
    ctx.beginPath();
    for (let at = 0; at < lines.length; at += 4) {
      ctx.moveTo(left + lines[at]! * across, bottom - lines[at + 1]! * up);
      ctx.lineTo(left + lines[at + 2]! * across, bottom - lines[at + 3]! * up);
    }
    ctx.lineWidth = 1;
    ctx.strokeStyle = toCss(readColor('--ink'));
    ctx.globalAlpha = 0.45;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  /** Faint on purpose: it bounds an undecided field that would melt into the page. */
  #drawEdge({ left, top, right, bottom }: Frame): void {
    const ctx = this.#ctx;
    ctx.beginPath();
    ctx.roundRect(left, top, right - left, bottom - top, RADIUS);
    ctx.lineWidth = 2; // half of it is clipped away
    ctx.strokeStyle = toCss(readColor('--ink'));
    ctx.globalAlpha = 0.14;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  #drawCurve(curve: ArrayLike<number>, { x, y }: Scene, frame: Frame): void {
    const ctx = this.#ctx;
    ctx.beginPath();
    for (let i = 0; i < curve.length; i++) {
      const at = x.min + ((x.max - x.min) * i) / Math.max(1, curve.length - 1);
      ctx.lineTo(...place(at, curve[i]!, x, y, frame));
    }
    ctx.lineWidth = 2;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = toCss(readColor('--accent'));
    ctx.stroke();
  }

  #drawPoints(points: DrawnPoints, { x, y }: Scene, frame: Frame): void {
    const ctx = this.#ctx;
    const { width, height } = this.#canvas;
    const layer = this.#points.show(points, {
      ...{ width, height, ratio: devicePixelRatio },
      surface: readColor('--surface'),
      key: JSON.stringify([x, y, frame]),
      of: (px, py) => place(px, py, x, y, frame),
    });
    ctx.save();
    ctx.resetTransform();
    ctx.drawImage(layer, 0, 0);
    ctx.restore();
  }

  #drawAxes({ x, y, xName, yName, xTicks, yTicks }: Scene, { left, top, right, bottom }: Frame): void {
    const ctx = this.#ctx;
    ctx.font = `11px ${CANVAS_FONT}`;
    ctx.fillStyle = toCss(readColor('--ink-second'));
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    for (const [text, value] of labels(x, xTicks))
      ctx.fillText(text, project(value, x, { start: left, end: right }), bottom + 6);
    ctx.fillText(xName, (left + right) / 2, bottom + 24, right - left);
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    for (const [text, value] of labels(y, yTicks))
      ctx.fillText(text, left - 6, project(value, y, { start: bottom, end: top }), left - 20);
    ctx.save();
    ctx.translate(8, (top + bottom) / 2);
    ctx.rotate(-Math.PI / 2);
    ctx.textAlign = 'center';
    ctx.fillText(yName, 0, 0, bottom - top);
    ctx.restore();
  }
}

function place(px: number, py: number, x: Range, y: Range, frame: Frame): [left: number, top: number] {
  return [
    project(px, x, { start: frame.left, end: frame.right }),
    project(py, y, { start: frame.bottom, end: frame.top }),
  ];
}

function frameOf({ axes, yTicks }: Scene, width: number, height: number): Frame {
  const { top, right, bottom, ...edge } = axes ? AXES_FRAME : { left: 0, top: 0, right: 0, bottom: 0 };
  const longest = Math.max(0, ...(yTicks ?? []).map(({ text }) => text.length));
  const left = Math.max(edge.left, Math.min(LONGEST_TICK, 24 + 6 * longest) * Number(axes));
  return { left, top, right: width - right, bottom: height - bottom };
}

function labels(range: Range, named?: readonly AxisTick[]): [text: string, value: number][] {
  if (named !== undefined) return named.map(({ text, value }) => [text, value]);
  const step = tickStep(range.max - range.min, 6);
  return ticks(range, 6).map((value) => [formatTick(value, step), value]);
}
