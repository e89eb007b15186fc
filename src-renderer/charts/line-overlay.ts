import type { Chart, Plugin } from 'chart.js';

export interface XY {
  readonly x: number;
  y: number;
}

/** What lies over the lines: a crosshair under the pointer, a ring at one point, dots where there is no line yet. Set the fields, then draw the chart. */
export class LineOverlay {
  crosshair: number | null = null;
  ring: XY | null = null;
  /** Single points, in the colours of their series. */
  dots: readonly { readonly point: XY; readonly color: string }[] = [];
  colors = { line: '', ring: '', page: '' };

  readonly plugin: Plugin<'line'> = {
    id: 'overlay',
    beforeDatasetsDraw: (chart) => this.#drawCrosshair(chart),
    afterDatasetsDraw: (chart) => {
      this.#drawRing(chart);
      this.#drawDots(chart);
    },
  };

  #drawCrosshair({ ctx, chartArea, scales }: Chart): void {
    const x = scales['x'];
    if (this.crosshair === null || x === undefined) return;
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
    if (this.ring === null || x === undefined || y === undefined || !Number.isFinite(this.ring.y)) return;
    ctx.save();
    ctx.beginPath();
    ctx.arc(x.getPixelForValue(this.ring.x), y.getPixelForValue(this.ring.y), 3.5, 0, 2 * Math.PI);
    ctx.fillStyle = this.colors.page;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = this.colors.ring;
    ctx.stroke();
    ctx.restore();
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
