import {
  Chart,
  Decimation,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
  type ChartOptions,
} from 'chart.js';
import { toCss } from './color';
import { LineOverlay, type XMark, type XY } from './line-overlay';
import { formatTick } from './scale';
import { ExponentialSmoother } from './smoothing';
import { nearestIndex } from './sampling';
import { CANVAS_FONT, readColor, type ColorToken } from './theme-colors';

// Only what these charts use; Chart.js bundles nothing that is not registered.
Chart.register(Decimation, LinearScale, LineController, LineElement, LogarithmicScale, PointElement);

export interface LineSeries {
  readonly label: string;
  readonly color: ColorToken;
}

export interface LineChartOptions {
  /** Drawn in this order, so that the last lies on top. */
  readonly series: readonly LineSeries[];
  /** A fixed top of a linear scale, such as 1 for shares; data above it still shows. */
  readonly suggestedMax?: number;
  /** How the y axis writes its ticks, which lie `step` apart; as plain numbers where it is left out. */
  readonly formatTick?: (value: number, step: number) => string;
}

/** All series at one x, and where that is on the canvas in CSS pixels. */
export interface Reading {
  readonly x: number;
  readonly values: readonly number[];
  readonly left: number;
}

type Scale = 'linear' | 'logarithmic';

/** Opacity of the measured line under its smoothed one, as two hexadecimal digits. */
const FAINT = '38';

/**
 * Lines over a common x that grows: made once, appended to, drawn again without animation. Long histories are thinned to the
 * width of the canvas by Chart.js, lowest and highest value of each pixel kept; readings always come from the full data.
 */
export class LineChart {
  readonly #chart: Chart<'line', XY[]>;
  readonly #overlay = new LineOverlay();
  readonly #options: LineChartOptions;
  readonly #x: number[] = [];
  readonly #measured: XY[][];
  readonly #smoothed: XY[][];
  #smoothers: ExponentialSmoother[];
  #beta = 0;
  #others: readonly { readonly color: ColorToken; readonly points: XY[] }[] = [];
  #scale: Scale = 'linear';

  /** Draws nothing before {@link render}. */
  constructor(canvas: HTMLCanvasElement, options: LineChartOptions) {
    this.#options = options;
    this.#measured = options.series.map(() => []);
    this.#smoothed = options.series.map(() => []);
    this.#smoothers = options.series.map(() => new ExponentialSmoother(0));
    this.#chart = new Chart<'line', XY[]>(canvas, {
      type: 'line',
      data: { datasets: [...this.#measured, ...this.#smoothed].map(() => dataset()) },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        scales: this.#scales('linear'),
        layout: { padding: { top: 6, right: 6 } },
        plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
      },
      plugins: [this.#overlay.plugin],
    });
    this.#readColors();
  }

  /** Adds a point at the right end; nothing is drawn until {@link render}. `null` is a value that does not exist. */
  append(x: number, values: readonly (number | null)[]): void {
    this.#x.push(x);
    this.#measured.forEach((points, series) => {
      const y = values[series] ?? Number.NaN;
      points.push({ x, y });
      this.#smoothed[series]!.push({ x, y: this.#smoothers[series]!.next(y) });
    });
  }

  clear(): void {
    this.#x.length = 0;
    for (const points of [...this.#measured, ...this.#smoothed]) points.length = 0;
    this.#restartSmoothers();
  }

  get length(): number {
    return this.#x.length;
  }

  render(): void {
    const { x, y } = this.#chart.options.scales ?? {};
    const alone = this.#x.length === 1;
    // A single point makes no line: it is drawn as a dot, and needs some width and height to stand in.
    this.#overlay.dots = alone ? this.#loneDots() : [];
    if (x !== undefined)
      x.max = Math.max(
        this.#x.at(-1) ?? 1,
        (this.#x[0] ?? 0) + 1,
        ...this.#others.map(({ points }) => points.at(-1)?.x ?? 0),
      );
    if (y?.type === 'linear') y.suggestedMin = alone ? 0 : undefined;
    // Copies, because Chart.js follows every push to an array it was given, and walks through all points for each.
    [...this.#measured, ...this.#smoothed].forEach((points, index) => {
      this.#chart.data.datasets[index]!.data = this.#chart.isDatasetVisible(index) ? points.slice() : [];
    });
    this.#chart.update('none');
  }

  /** @param beta share of the past in each smoothed value, 0 (as measured) up to but not 1 */
  setSmoothing(beta: number): void {
    this.#beta = beta;
    this.#restartSmoothers();
    this.#smoothed.forEach((points, series) => {
      points.forEach((point, index) => (point.y = this.#smoothers[series]!.next(this.#measured[series]![index]!.y)));
    });
    this.#measured.forEach((_, series) => this.setVisible(series, this.#isVisible(series)));
  }

  setVisible(series: number, visible: boolean): void {
    this.#chart.setDatasetVisibility(series, visible && this.#beta > 0);
    this.#chart.setDatasetVisibility(this.#series.length + series, visible);
  }

  setScale(scale: Scale): void {
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.#chart.options.scales = this.#scales(scale);
    this.recolor();
  }

  /** Lines of other runs over these, from the next {@link render} on; they take no part in readings. */
  setOthers(lines: readonly { readonly color: ColorToken; readonly points: XY[] }[]): void {
    this.#others = lines;
    this.#chart.data.datasets.length = 2 * this.#series.length;
    for (const { color, points } of lines) {
      this.#chart.data.datasets.push({ ...dataset(), data: points, borderColor: toCss(readColor(color)) });
    }
  }

  /** Rings the value of a series at `x`; null takes the ring away. */
  mark(ring: { readonly series: number; readonly x: number } | null): void {
    const index = ring === null ? -1 : nearestIndex(this.#x, ring.x);
    const point = ring === null ? undefined : this.#smoothed[ring.series]?.[index];
    this.#overlay.ring = point === undefined || ring === null || !this.#isVisible(ring.series) ? null : point;
  }

  /** @param listener told where the ring is drawn, for something that lies over it */
  onRing(listener: LineOverlay['onRing']): void {
    this.#overlay.onRing = listener;
  }

  /** Draws a dashed line at each of some places, from the next {@link render} on. */
  setMarks(marks: readonly XMark[]): void {
    this.#overlay.marks = marks;
  }

  /** Moves the crosshair to the x nearest to a place on the canvas and reads every series there; null takes it away. */
  read(left: number | null): Reading | null {
    const scale = this.#chart.scales['x'];
    const index = left === null || scale === undefined ? -1 : nearestIndex(this.#x, scale.getValueForPixel(left) ?? 0);
    const x = this.#x[index];
    this.#overlay.crosshair = x ?? null;
    this.#chart.draw();
    if (x === undefined || scale === undefined) return null;
    return { x, values: this.#measured.map((points) => points[index]!.y), left: scale.getPixelForValue(x) };
  }

  /** Reads the colours of the present theme and draws again. */
  recolor(): void {
    this.#readColors();
    this.render();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  get #series(): readonly LineSeries[] {
    return this.#options.series;
  }

  #readColors(): void {
    this.#series.forEach((series, index) => {
      const color = readColor(series.color);
      const hex = color.map((channel) => channel.toString(16).padStart(2, '0')).join('');
      this.#chart.data.datasets[index]!.borderColor = `#${hex}${FAINT}`;
      Object.assign(this.#chart.data.datasets[this.#series.length + index]!, {
        borderColor: `#${hex}`,
        backgroundColor: `#${hex}`,
      });
    });
    this.setOthers(this.#others);
    const [grid, text] = [toCss(readColor('--hairline')), toCss(readColor('--ink-second'))];
    for (const axis of Object.values(this.#chart.options.scales ?? {})) {
      if (axis?.grid !== undefined) axis.grid.color = grid;
      if (axis?.ticks !== undefined) axis.ticks.color = text;
    }
    const mark = this.#series.at(-1)?.color ?? '--accent';
    this.#overlay.colors = {
      line: toCss(readColor('--field-border')),
      text,
      ring: toCss(readColor(mark)),
      page: toCss(readColor('--surface')),
    };
  }

  #isVisible(series: number): boolean {
    return this.#chart.isDatasetVisible(this.#series.length + series);
  }

  #loneDots() {
    return this.#smoothed.flatMap(([point], series) => {
      const color = String(this.#chart.data.datasets[this.#series.length + series]!.borderColor);
      return point !== undefined && this.#isVisible(series) && Number.isFinite(point.y) ? [{ point, color }] : [];
    });
  }

  #restartSmoothers(): void {
    this.#smoothers = this.#series.map(() => new ExponentialSmoother(this.#beta));
  }

  #scales(scale: Scale): NonNullable<ChartOptions<'line'>['scales']> {
    const { suggestedMax } = this.#options;
    const y = { ...this.#axis(true), ticks: { ...this.#tickStyle(), callback: this.#label(scale) } };
    return {
      x: {
        type: 'linear',
        min: 0,
        ...this.#axis(false),
        ticks: { ...this.#tickStyle(), maxTicksLimit: 6, precision: 0, includeBounds: false },
      },
      y:
        scale === 'linear'
          ? {
              type: scale,
              ...(suggestedMax === undefined ? {} : { suggestedMax }),
              ...y,
              ticks: { ...y.ticks, maxTicksLimit: 6 },
            }
          : { type: scale, ...y },
    };
  }

  #axis(lines: boolean) {
    return { border: { display: false }, grid: { display: lines, drawTicks: false } };
  }

  #tickStyle() {
    return { font: { family: CANVAS_FONT, size: 11 }, padding: 6, maxRotation: 0 };
  }

  /** Powers of ten and their doubles and fivefolds on a logarithmic scale; every tick of a linear one. */
  #label(scale: Scale) {
    return (value: number | string, index: number, all: readonly { readonly value: number }[]): string | null => {
      const number = Number(value);
      if (scale === 'logarithmic') {
        const leading = Number(number.toExponential().split('e')[0]);
        return [1, 2, 5].includes(leading) ? String(number) : null;
      }
      const neighbour = all[index + 1] ?? all[index - 1];
      const step = neighbour === undefined ? 1 : Math.abs(neighbour.value - number);
      return (this.#options.formatTick ?? formatTick)(number, step);
    };
  }
}

function dataset(): ChartDataset<'line', XY[]> {
  return { data: [], borderWidth: 1.5, pointRadius: 0, borderJoinStyle: 'round' };
}
