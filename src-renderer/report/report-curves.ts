import type { EpochRecord } from '../../src-worker/api';
import { lineSvg } from '../charts/line-svg';
import { padRange, rangeOf } from '../charts/scale';
import { Track } from '../charts/track';
import type { ColorToken } from '../charts/theme-colors';
import { curveMetrics } from '../stage/curve-metric';
import { describeCurve } from '../stage/curve-words';
import { describeMark } from '../state/run-marks';
import type { ReportContent } from './report';

const SIZE = { width: 880, height: 300 };
const PIXELS = 1600;

/** Loss and every metric over the epochs, then learning rate and gradient norm, each that has values. */
export function curvesHtml({ run, task, catalog }: ReportContent): string {
  const { records, marks } = run;
  if (records.length < 2) return '<p>Nothing was trained.</p>';
  const metrics = curveMetrics(task, catalog.metrics).map((metric) =>
    chart(run, {
      title: metric.label,
      description: describeCurve(metric, records),
      lines: [
        { label: 'train', color: '--ink', read: ({ train }) => metric.read(train) },
        { label: 'dev', color: '--accent', read: ({ dev }) => metric.read(dev) },
      ],
      formatTick: metric.formatTick,
      marks: metric.id === 'loss' ? marks.map((mark) => ({ x: mark.epoch, label: describeMark(mark) })) : [],
    }),
  );
  const strips = (
    [
      ['Learning rate', 'learningRate'],
      ['Gradient norm', 'gradientNorm'],
    ] as const
  ).map(([title, name]) =>
    chart(run, {
      title,
      description: `${title} of every epoch.`,
      lines: [{ label: null, color: '--ink', read: (record) => record[name] ?? null }],
      marks: [],
    }),
  );
  return [...metrics, ...strips].join('\n');
}

interface Chart {
  readonly title: string;
  readonly description: string;
  readonly lines: readonly {
    readonly label: string | null;
    readonly color: ColorToken;
    readonly read: (record: EpochRecord) => number | null;
  }[];
  readonly formatTick?: (value: number, step: number) => string;
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}

/** An empty text where there is nothing to draw. */
function chart({ records }: ReportContent['run'], { title, description, lines, marks, formatTick }: Chart): string {
  const x = { min: records[0]!.epoch, max: records.at(-1)!.epoch };
  const drawn = lines.map(({ label, color, read }) => {
    const track = new Track();
    for (const record of records) track.push(record.epoch, read(record) ?? Number.NaN);
    return { label, color, points: track.points('measured', 'linear', x, PIXELS) };
  });
  // A single point makes no line.
  const shown = drawn.filter(({ points }) => points.filter(({ y }) => Number.isFinite(y)).length > 1);
  const range = rangeOf(shown.flatMap(({ points }) => points.map(({ y }) => y)));
  if (range === null) return '';
  const picture = {
    x,
    y: padRange(range, 0.05),
    scale: 'linear' as const,
    ...(formatTick === undefined ? {} : { formatTick }),
    lines: shown,
    marks,
    ring: null,
  };
  return lineSvg(picture, { title, description, xLabel: 'epoch', ...SIZE });
}
