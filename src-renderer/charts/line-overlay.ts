import type { Chart, Plugin } from 'chart.js';
import type { XY } from './thin';
import { CANVAS_FONT } from './theme-colors';

/** Between the line of a mark and its label. */
const MARK_GAP = 5;

/** The middle of the ring. */
export interface RingPlace {
  readonly left: number;
  readonly top: number;
}

/** A place on the x axis where something changed. */
export interface XMark {
  readonly x: number;
  /** Beside the top of its line; an empty string leaves the line alone. */
  readonly label: string;
}

/** What lies over the lines: a crosshair under the pointer, marks at some x, a ring at one point, dots where there is no line yet. Set the fields, then draw the chart. */
export class LineOverlay {
  crosshair: number | null = null;
  marks: readonly XMark[] = [];
  ring: XY | null = null;
  /** Told where the ring is on the canvas in CSS pixels whenever it was drawn elsewhere; null where there is none. */
  onRing: (place: RingPlace | null) => void = () => undefined;
  #place: RingPlace | null = null;
  /** Single points, in the colours of their series. */
  dots: readonly { readonly point: XY; readonly color: string }[] = [];
  colors = { line: '', text: '', ring: '', page: '' };

  readonly plugin: Plugin<'line'> = {
    id: 'overlay',
    beforeDatasetsDraw: (chart) => {
      this.#drawMarks(chart);
      this.#drawCrosshair(chart);
    },
    afterDatasetsDraw: (chart) => {
      this.#drawRing(chart);
      this.#drawDots(chart);
    },
  };

  #drawMarks({ ctx, chartArea, scales }: Chart): void {
    const x = scales['x'];
    if (x === undefined || this.marks.length === 0) return;
    ctx.save();
    ctx.font = `11px ${CANVAS_FONT}`;
    ctx.textBaseline = 'top';
    ctx.strokeStyle = this.colors.line;
    ctx.setLineDash([2, 2]);
    const places = this.marks
      .filter(({ x: at }) => within(at, x))
      .map(({ x: at, label }) => ({ left: Math.round(x.getPixelForValue(at)) + 0.5, label }));
    for (const { left } of places) {
      ctx.beginPath();
      ctx.moveTo(left, chartArea.top);
      ctx.lineTo(left, chartArea.bottom);
      ctx.stroke();
    }
    let next = chartArea.right;
    // From the right, because a label that has no room up to the next line gives way to the newer one.
    for (const { left, label } of places.reverse()) {
      if (label === '') continue;
      const width = ctx.measureText(label).width + 2 * MARK_GAP;
      const before = next === chartArea.right && left + width > next;
      if (before || left + width <= next) {
        const start = before ? left - width + MARK_GAP : left + MARK_GAP;
        // The lines of older marks do not run through the words.
        ctx.fillStyle = this.colors.page;
        ctx.fillRect(start - 2, chartArea.top + 1, width - 2 * MARK_GAP + 4, 13);
        ctx.fillStyle = this.colors.text;
        ctx.fillText(label, start, chartArea.top + 1);
        next = before ? left - width : left;
      }
    }
    ctx.restore();
  }

  #drawCrosshair({ ctx, chartArea, scales }: Chart): void {
    const x = scales['x'];
    if (this.crosshair === null || x === undefined || !within(this.crosshair, x)) return;
    // On half pixels a line of one pixel is sharp.
    const left = Math.round(x.getPixelForValue(this.crosshair)) + 0.5;
    ctx.save();
    ctx.beginPath();
    ctx.moveTo(left, chartArea.top);
    ctx.lineTo(left, chartArea.bottom);
    ctx.lineWidth = 1;
    ctx.strokeStyle = this.colors.line;
    ctx.stroke();
    ctx.restore();
  }

  #drawRing({ ctx, scales }: Chart): void {
    const { x, y } = scales;
    const { ring } = this;
    const drawn = ring !== null && x !== undefined && y !== undefined && within(ring.x, x) && within(ring.y, y);
    const place = drawn ? { left: x.getPixelForValue(ring.x), top: y.getPixelForValue(ring.y) } : null;
    this.#tell(place);
    if (place === null) return;
    ctx.save();
    ctx.beginPath();
    ctx.arc(place.left, place.top, 3.5, 0, 2 * Math.PI);
    ctx.fillStyle = this.colors.page;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = this.colors.ring;
    ctx.stroke();
    ctx.restore();
  }

  #tell(place: RingPlace | null): void {
    if (place?.left === this.#place?.left && place?.top === this.#place?.top) return;
    this.#place = place;
    this.onRing(place);
  }

  #drawDots({ ctx, scales }: Chart): void {
    const { x, y } = scales;
    if (x === undefined || y === undefined) return;
    for (const { point, color } of this.dots) {
      ctx.beginPath();
      ctx.arc(x.getPixelForValue(point.x), y.getPixelForValue(point.y), 2.5, 0, 2 * Math.PI);
      ctx.fillStyle = color;
      ctx.fill();
    }
  }
}

/** Whether a place lies on the part of an axis that is shown. */
function within(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value >= min && value <= max;
}
