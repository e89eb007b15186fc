import { inside, panned, zoomed, type View } from '../charts/zoom';
import type { Range } from '../charts/scale';
import type { CurveMetric } from '../stage/curve-metric';

/** Epochs that a chart shows at least. */
const LEAST_EPOCHS = 2;

/** How the curves are looked at; shared by the charts and kept while other views are open. */
export class CurveSettings {
  /** Share of the past in each smoothed value; 0 shows what was measured. */
  smoothing = $state(0);
  logarithmic = $state(false);
  /** Whether learning rate and gradient norm stand beneath. */
  strips = $state(true);
  /** What the second chart shows; null, or one that the task does not have, is what the task is judged by. */
  second = $state.raw<CurveMetric['id'] | null>(null);
  /** Train and dev. */
  visible = $state.raw<readonly [train: boolean, dev: boolean]>([true, true]);
  /** Numbers of the runs that lie over the curves and are hidden for now. */
  hidden = $state.raw<readonly number[]>([]);
  /** The epoch under the pointer, which every chart reads; null where there is none. */
  cursor = $state<number | null>(null);
  /** The epochs that every chart shows; null for all of them. */
  window = $state.raw<Range | null>(null);
  /** The values that single charts show, by what they are of. */
  #heights = $state.raw<Readonly<Record<string, Range>>>({});

  toggle(series: number): void {
    const [train, dev] = this.visible;
    this.visible = series === 0 ? [!train, dev] : [train, !dev];
  }

  toggleRun(number: number): void {
    const others = this.hidden.filter((each) => each !== number);
    this.hidden = others.length < this.hidden.length ? others : [...others, number];
  }

  get zoomedIn(): boolean {
    return this.window !== null || Object.keys(this.#heights).length > 0;
  }

  viewOf(chart: string): View {
    return { x: this.window, y: this.#heights[chart] ?? null };
  }

  /**
   * Shows a part of one chart, and the same epochs in the others.
   * @param whole all epochs that there are
   * @param height the values of this chart; null leaves them to what is there
   */
  show(chart: string, epochs: Range, whole: Range, height: Range | null): void {
    this.window = inside(epochs, whole, LEAST_EPOCHS);
    const others = Object.entries(this.#heights).filter(([name]) => name !== chart);
    this.#heights = Object.fromEntries(height === null ? others : [...others, [chart, height]]);
  }

  /** @param factor of the width: below 1 goes nearer, around the epoch `at` */
  zoom(factor: number, at: number, whole: Range): void {
    this.window = inside(zoomed(this.window ?? whole, factor, at), whole, LEAST_EPOCHS);
    if (this.window === null) this.#heights = {};
  }

  pan(share: number, whole: Range): void {
    if (this.window !== null) this.window = inside(panned(this.window, share), whole, LEAST_EPOCHS);
  }

  showAll(): void {
    this.window = null;
    this.#heights = {};
  }
}
