import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
} from 'chart.js';
import { toCss } from './color';
import { lineAxes, type AxisOptions } from './line-axes';
import { LineOverlay, type XMark } from './line-overlay';
import type { Picture } from './line-svg';
import type { Range } from './scale';
import { readColor, type ColorToken } from './theme-colors';
import type { XY } from './thin';
import { Track, type Scale } from './track';
import { WHOLE, type View } from './zoom';

// Only what these charts use; Chart.js bundles nothing that is not registered.
Chart.register(LinearScale, LineController, LineElement, LogarithmicScale, PointElement);

export interface LineSeries {
  readonly label: string;
  readonly color: ColorToken;
}

export interface LineChartOptions extends AxisOptions {
  /** Drawn in this order, so that the last lies on top. */
  readonly series: readonly LineSeries[];
}

/** The line of another run over the chart's own. */
export interface OtherLine extends LineSeries {
  readonly track: Track;
}

/** All lines at one x, and where that is on the canvas in CSS pixels. A line that is not there has no number. */
export interface Reading {
  readonly x: number;
  readonly values: readonly number[];
  readonly others: readonly number[];
  readonly left: number;
}

/** Opacity of the measured line under its smoothed one. */
const FAINT = 0.22;
/** Points to a line in a saved picture, which is looked at larger than on the screen. */
const PICTURE_PIXELS = 1600;

/**
 * Lines over a common x that grows: made once, appended to, drawn again without animation. Of long lines Chart.js is given what the
 * pixels can show; readings always come from the full data.
 */
export class LineChart {
  readonly #chart: Chart<'line', XY[]>;
  readonly #overlay = new LineOverlay();
  readonly #options: LineChartOptions;
  readonly #tracks: readonly Track[];
  readonly #visible: boolean[];
  #beta = 0;
  #others: readonly OtherLine[] = [];
  #scale: Scale = 'linear';
  #view = WHOLE;

  /** Draws nothing before {@link render}. */
  constructor(canvas: HTMLCanvasElement, options: LineChartOptions) {
    this.#options = options;
    this.#tracks = options.series.map(() => new Track());
    this.#visible = options.series.map(() => true);
    this.#chart = new Chart<'line', XY[]>(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        scales: lineAxes(options, 'linear'),
        layout: { padding: { top: 6, right: 6 } },
      },
      plugins: [this.#overlay.plugin],
    });
    this.#readColors();
  }

  /** Adds a point at the right end; nothing is drawn until {@link render}. `null` is a value that does not exist. */
  append(x: number, values: readonly (number | null)[]): void {
    this.#tracks.forEach((track, series) => track.push(x, values[series] ?? Number.NaN));
  }

  clear(): void {
    for (const track of this.#tracks) track.clear();
  }

  get length(): number {
    return this.#tracks[0]?.x.length ?? 0;
  }

  /** All that there is to see along the x axis. */
  get whole(): Range {
    const own = this.#tracks[0]?.x ?? [];
    const ends = this.#others.map(({ track }) => track.x.at(-1) ?? 0);
    return { min: 0, max: Math.max(own.at(-1) ?? 1, (own[0] ?? 0) + 1, ...ends) };
  }

  /** The stretch of the x axis that is shown; all of it where a run that began anew has not come to the chosen one yet. */
  get window(): Range {
    const { whole } = this;
    const { x } = this.#view;
    return x !== null && x.min < whole.max ? x : whole;
  }

  /** Values of 0 or below among the lines that are shown: a logarithmic scale leaves them out. */
  get notPositive(): number {
    const shown = [
      ...this.#tracks.filter((_, series) => this.#visible[series]),
      ...this.#others.map(({ track }) => track),
    ];
    return shown.reduce((sum, track) => sum + track.notPositive, 0);
  }

  render(): void {
    const { x, y } = this.#chart.options.scales ?? {};
    const alone = this.length === 1;
    // A single point makes no line: it is drawn as a dot, and needs some width and height to stand in.
    this.#overlay.dots = alone ? this.#loneDots() : [];
    if (x !== undefined) Object.assign(x, this.window);
    if (y !== undefined) Object.assign(y, this.#view.y ?? { min: undefined, max: undefined });
    if (y?.type === 'linear') y.suggestedMin = alone || this.#options.strip === true ? 0 : undefined;
    const width = this.#chart.chartArea?.width ?? this.#chart.width;
    this.#chart.data.datasets = this.#lines(Math.ceil(width * Math.min(2, devicePixelRatio))).map(dataset);
    this.#chart.update('none');
  }

  /** @param beta share of the past in each smoothed value, 0 (as measured) up to but not 1 */
  setSmoothing(beta: number): void {
    this.#beta = beta;
    for (const track of [...this.#tracks, ...this.#others.map((other) => other.track)]) track.smooth(beta);
  }

  setVisible(series: number, visible: boolean): void {
    this.#visible[series] = visible;
  }

  setScale(scale: Scale): void {
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.#chart.options.scales = lineAxes(this.#options, scale);
    this.recolor();
  }

  /** What is shown, from the next {@link render} on. */
  setView(view: View): void {
    this.#view = view;
  }

  /** Lines of other runs over these, from the next {@link render} on. */
  setOthers(lines: readonly OtherLine[]): void {
    this.#others = lines;
    for (const { track } of lines) track.smooth(this.#beta);
  }

  /** Rings the value of a series at `x`; null takes the ring away. */
  mark(ring: { readonly series: number; readonly x: number } | null): void {
    const y = ring === null || !this.#visible[ring.series] ? Number.NaN : this.#tracks[ring.series]!.smoothedAt(ring.x);
    this.#overlay.ring = ring === null || Number.isNaN(y) ? null : { x: ring.x, y };
  }

  /** @param listener told where the ring is drawn, for something that lies over it */
  onRing(listener: LineOverlay['onRing']): void {
    this.#overlay.onRing = listener;
  }

  /** Draws a dashed line at each of some places, from the next {@link render} on. */
  setMarks(marks: readonly XMark[]): void {
    this.#overlay.marks = marks;
  }

  /** What a place on the canvas, in CSS pixels, stands for. */
  at(left: number, top: number): XY {
    const { x, y } = this.#chart.scales;
    return { x: x?.getValueForPixel(left) ?? 0, y: y?.getValueForPixel(top) ?? 0 };
  }

  /** Where the lines are drawn on the canvas. */
  get area(): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
    return this.#chart.chartArea;
  }

  /** The x of any line, within what is shown, that is nearest to `x`, or comes next to it in a direction; null where there is none. */
  placeNear(x: number, direction: 1 | -1 | 0 = 0): number | null {
    const { min, max } = this.window;
    let nearest: number | null = null;
    for (const track of [...this.#tracks, ...this.#others.map((other) => other.track)]) {
      const place = track.nearestX(x, direction);
      // The point nearest to an edge may lie beyond it.
      const inward =
        place === null ? null : place < min ? track.nearestX(min, 1) : place > max ? track.nearestX(max, -1) : place;
      if (inward === null || inward < min || inward > max) continue;
      if (nearest === null || Math.abs(inward - x) < Math.abs(nearest - x)) nearest = inward;
    }
    return nearest;
  }

  /** Moves the crosshair to an x; null takes it away. Nothing is drawn until {@link render} or {@link redraw}. */
  setCursor(x: number | null): void {
    this.#overlay.crosshair = x;
  }

  /** Draws what lies over the lines again, and the lines as they were. */
  redraw(): void {
    this.#chart.draw();
  }

  /** Every line at the crosshair; null where there is none within what is shown. */
  get reading(): Reading | null {
    const x = this.#overlay.crosshair;
    const scale = this.#chart.scales['x'];
    if (x === null || scale === undefined || x < this.window.min || x > this.window.max) return null;
    return {
      x,
      values: this.#tracks.map((track) => track.valueAt(x)),
      others: this.#others.map(({ track }) => track.valueAt(x)),
      left: scale.getPixelForValue(x),
    };
  }

  /** What is shown, for a file. */
  picture(): Picture {
    const { y } = this.#chart.scales;
    const { formatTick } = this.#options;
    return {
      x: this.window,
      y: { min: y?.min ?? 0, max: y?.max ?? 1 },
      scale: this.#scale,
      ...(formatTick === undefined ? {} : { formatTick }),
      lines: this.#lines(PICTURE_PIXELS),
      marks: this.#overlay.marks,
      ring: this.#overlay.ring,
    };
  }

  /** Reads the colours of the present theme and draws again. */
  recolor(): void {
    this.#readColors();
    this.render();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** The lines that are shown, the last on top. */
  #lines(pixels: number): Picture['lines'] {
    const points = (track: Track, of: 'measured' | 'smoothed') => track.points(of, this.#scale, this.window, pixels);
    const own = this.#options.series
      .map((series, index) => ({ ...series, track: this.#tracks[index]! }))
      .filter((_, index) => this.#visible[index]);
    const faint = this.#beta > 0 ? own : [];
    return [
      ...this.#others.map(({ label, color, track }) => ({ label, color, points: points(track, 'smoothed') })),
      ...faint.map(({ color, track }) => ({ label: null, color, opacity: FAINT, points: points(track, 'measured') })),
      ...own.map(({ label, color, track }) => ({ label, color, points: points(track, 'smoothed') })),
    ];
  }

  #readColors(): void {
    const [grid, text] = [toCss(readColor('--hairline')), toCss(readColor('--ink-second'))];
    for (const axis of Object.values(this.#chart.options.scales ?? {})) {
      if (axis?.grid !== undefined) axis.grid.color = grid;
      if (axis?.ticks !== undefined) axis.ticks.color = text;
    }
    const mark = this.#options.series.at(-1)?.color ?? '--accent';
    this.#overlay.colors = {
      line: toCss(readColor('--field-border')),
      text,
      ring: toCss(readColor(mark)),
      page: toCss(readColor('--surface')),
    };
  }

  #loneDots() {
    return this.#options.series.flatMap(({ color }, series) => {
      const track = this.#tracks[series]!;
      const point = { x: track.x[0]!, y: track.smoothedAt(track.x[0]!) };
      return this.#visible[series] && Number.isFinite(point.y) ? [{ point, color: toCss(readColor(color)) }] : [];
    });
  }
}

function dataset({ color, opacity, points }: Picture['lines'][number]): ChartDataset<'line', XY[]> {
  const hex = readColor(color)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('');
  const alpha = Math.round(255 * (opacity ?? 1))
    .toString(16)
    .padStart(2, '0');
  return {
    data: [...points],
    borderColor: `#${hex}${alpha}`,
    borderWidth: 1.5,
    pointRadius: 0,
    borderJoinStyle: 'round',
  };
}
