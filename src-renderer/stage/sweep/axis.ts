import { gridValues } from '../../../src-worker/experiment/sweep/sweep-points';
import type { SweepPlan, SweptSetting, SweptValue } from '../../../src-worker/experiment/sweep/sweep-plan';
import { formatLogTick, logTicks } from '../../charts/log-ticks';
import { formatTick, padRange, ticks, tickStep, type Range } from '../../charts/scale';
import { formatValue } from '../../sweep/sweep-words';

/** One axis of a picture: places are shares of its length, from 0 to 1. */
export interface Axis {
  readonly place: (value: SweptValue) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Values of a grid that all have their own tick. */
const MOST_TICKS = 9;
/** Of its length that an axis goes on beyond its values. */
const MARGIN = 0.06;

/** The axis of a setting: choices side by side, numbers evenly or by their logarithm, as they are swept. */
export function axisOf(setting: SweptSetting, method: SweepPlan['method']): Axis {
  if (setting.kind === 'choice') return axisOfChoice(setting);
  const { from, to, spacing } = setting;
  const logarithmic = spacing === 'ratio' && from > 0 && to > from;
  const scaled = (value: number): number => (logarithmic ? Math.log(value) : value);
  const range = padRange({ min: scaled(from), max: scaled(to) }, MARGIN);
  const place = (value: SweptValue): number => share(scaled(Number(value)), range);
  const tried = gridValues(setting).map(Number);
  const own = method === 'grid' && tried.length <= MOST_TICKS;
  const step = tickStep(to - from, 5);
  const round = logarithmic ? logTicks({ min: from, max: to }) : ticks({ min: from, max: to }, 5);
  const text = (value: number): string => {
    if (own) return formatValue(setting, value);
    return logarithmic ? formatLogTick(value) : formatTick(value, step);
  };
  return { place, ticks: (own ? tried : round).map((value) => ({ at: place(value), text: text(value) })) };
}

function axisOfChoice({ options }: Extract<SweptSetting, { kind: 'choice' }>): Axis {
  const at = (index: number): number => (index + 0.5) / options.length;
  return {
    place: (value) => at(options.findIndex((option) => option.value === value)),
    ticks: options.map(({ label }, index) => ({ at: at(index), text: label })),
  };
}

/** The axis of what runs are judged by, logarithmic where the numbers are of several sizes. */
export function axisOfNumbers(values: readonly number[], format: (value: number, step: number) => string): Axis {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const logarithmic = min > 0 && max / min > 30;
  const scaled = (value: number): number => (logarithmic ? Math.log(value) : value);
  const range = padRange({ min: scaled(min), max: scaled(max) }, MARGIN);
  const place = (value: SweptValue): number => share(scaled(Number(value)), range);
  const ends = { min: unscaled(range.min), max: unscaled(range.max) };
  const step = tickStep(ends.max - ends.min, 4);
  const found = logarithmic ? logTicks(ends, true) : ticks(ends, 4);
  const text = (value: number): string => (logarithmic ? formatLogTick(value) : format(value, step));
  return { place, ticks: found.map((value) => ({ at: place(value), text: text(value) })) };

  function unscaled(value: number): number {
    return logarithmic ? Math.exp(value) : value;
  }
}

function share(value: number, { min, max }: Range): number {
  return (value - min) / (max - min);
}
