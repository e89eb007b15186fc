import type { CurveMetric } from '../stage/curve-metric';

/** How the curves are looked at; shared by the charts and kept while other views are open. */
export class CurveSettings {
  /** Share of the past in each smoothed value; 0 shows what was measured. */
  smoothing = $state(0);
  logarithmic = $state(false);
  /** What the second chart shows; null, or one that the task does not have, is what the task is judged by. */
  second = $state.raw<CurveMetric['id'] | null>(null);
  /** Train and dev. */
  visible = $state.raw<readonly [train: boolean, dev: boolean]>([true, true]);

  toggle(series: number): void {
    const [train, dev] = this.visible;
    this.visible = series === 0 ? [!train, dev] : [train, !dev];
  }
}
