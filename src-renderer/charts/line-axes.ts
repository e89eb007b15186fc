import type { ChartOptions } from 'chart.js';
import { formatLogTick, logTicks } from './log-ticks';
import type { Range } from './scale';
import { formatTick } from './scale';
import { CANVAS_FONT } from './theme-colors';
import type { Scale } from './track';

export interface AxisOptions {
  /** A fixed top of a linear scale, such as 1 for shares; data above it still shows. */
  readonly suggestedMax?: number;
  /** How the y axis writes its ticks, which lie `step` apart; as plain numbers where it is left out. */
  readonly formatTick?: (value: number, step: number) => string;
  /** A strip of few lines' height under another chart, which has the numbers of the x axis. */
  readonly strip?: boolean;
}

/** Room for the numbers of a y axis: charts above one another begin at the same place. */
const Y_WIDTH = 46;
/** Room for half of the last number of the x axis, with or without it: they end at the same place too. */
const X_OVERHANG = 20;

/** Both axes of a chart of lines, as Chart.js wants them. */
export function lineAxes(options: AxisOptions, scale: Scale): NonNullable<ChartOptions<'line'>['scales']> {
  const { suggestedMax, strip = false } = options;
  const ticks = { ...tickStyle(), callback: tickLabel(options, scale) };
  const y = {
    ...axis(true),
    ticks,
    afterFit: (fitted: { width: number }) => (fitted.width = Math.max(fitted.width, Y_WIDTH)),
  };
  return {
    x: {
      type: 'linear',
      min: 0,
      ...axis(false),
      afterFit: (fitted: { paddingRight: number }) => (fitted.paddingRight = X_OVERHANG),
      ticks: { ...tickStyle(), display: !strip, maxTicksLimit: 6, precision: 0, includeBounds: false },
    },
    y:
      scale === 'linear'
        ? {
            type: scale,
            ...(suggestedMax === undefined ? {} : { suggestedMax }),
            ...y,
            ticks: { ...ticks, maxTicksLimit: strip ? 3 : 6 },
            // What strips show is never negative, not even where nothing is shown yet.
            beginAtZero: strip,
          }
        : {
            type: scale,
            ...y,
            afterBuildTicks: (built: Range & { ticks: { value: number }[] }) =>
              (built.ticks = logTicks(built, strip).map((value) => ({ value }))),
          },
  };
}

function axis(lines: boolean) {
  return { border: { display: false }, grid: { display: lines, drawTicks: false } };
}

function tickStyle() {
  return { font: { family: CANVAS_FONT, size: 11 }, padding: 6, maxRotation: 0 };
}

function tickLabel(options: AxisOptions, scale: Scale) {
  return (value: number | string, index: number, all: readonly { readonly value: number }[]): string => {
    const number = Number(value);
    if (scale === 'logarithmic') return formatLogTick(number);
    const neighbour = all[index + 1] ?? all[index - 1];
    const step = neighbour === undefined ? 1 : Math.abs(neighbour.value - number);
    return (options.formatTick ?? formatTick)(number, step);
  };
}
