import type { EpochRecord } from '../../../src-worker/api';
import type { LineChart } from '../../charts/line-chart';
import { lineSvg } from '../../charts/line-svg';
import { toPng } from '../../charts/picture';
import { curvesToCsv } from '../curve-csv';
import { download, fileName } from '../download';

/** A chart as it is on the screen. */
export interface ShownChart {
  /** Of the experiment. */
  readonly name: string;
  readonly label: string;
  /** What it says, in words. */
  readonly sentence: string;
  readonly chart: LineChart | null;
  readonly canvas: HTMLCanvasElement | undefined;
}

const SIZE = { width: 880, height: 440 };

export async function savePng({ name, label, chart, canvas }: ShownChart): Promise<void> {
  if (chart === null || canvas === undefined) return;
  const legend = chart
    .picture()
    .lines.flatMap(({ label: line, color }) => (line === null ? [] : [{ label: line, color }]));
  download(await toPng(canvas, { title: `${name}: ${label}`, legend }), fileName(name, `${label.toLowerCase()}.png`));
}

/** In light colours, whatever the window has. */
export function saveSvg({ name, label, sentence, chart }: ShownChart): void {
  if (chart === null) return;
  const svg = lineSvg(chart.picture(), { title: `${name}: ${label}`, description: sentence, xLabel: 'epoch', ...SIZE });
  download(new Blob([svg], { type: 'image/svg+xml' }), fileName(name, `${label.toLowerCase()}.svg`));
}

export function saveCsv(name: string, records: readonly EpochRecord[]): void {
  download(new Blob([curvesToCsv(records)], { type: 'text/csv' }), fileName(name, 'curves.csv'));
}
