import type { RateSearchState } from '../../src-worker/api';
import { formatNumber } from '../charts/format';
import { formatLogTick, logTicks } from '../charts/log-ticks';
import { formatTick, project, ticks, tickStep, type Range } from '../charts/scale';
import { SEARCHED } from '../state/rate-finder.svelte';

/** Of the picture, in its own units. */
export const SIZE = { width: 600, height: 240 } as const;
export const AREA = { left: 46, right: 592, top: 10, bottom: 214 } as const;

/** What is drawn of a search. */
export interface RateScene {
  readonly xTicks: readonly { readonly at: number; readonly text: string }[];
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
  /** As SVG paths: every loss, and their averages. */
  readonly measured: string;
  readonly smoothed: string;
  readonly proposal: { readonly x: number; readonly y: number } | null;
}

const LN = { min: Math.log(SEARCHED.from), max: Math.log(SEARCHED.to) };

/** Where a rate stands; null for one beyond the picture. */
export function placeOfRate(rate: number): number | null {
  return rate >= SEARCHED.from && rate <= SEARCHED.to
    ? project(Math.log(rate), LN, { start: AREA.left, end: AREA.right })
    : null;
}

export function rateScene(state: RateSearchState | null): RateScene {
  const range = lossRange(state);
  const y = (loss: number) => project(loss, range, { start: AREA.bottom, end: AREA.top });
  const step = tickStep(range.max - range.min, 4);
  const path = (losses: Float64Array) =>
    Array.from(
      losses,
      (loss, i) => `${i === 0 ? 'M' : 'L'}${round(placeOfRate(state!.rates[i]!)!)} ${round(y(loss))}`,
    ).join('');
  const proposal = state?.proposal ?? null;
  return {
    xTicks: logTicks({ min: SEARCHED.from, max: SEARCHED.to }).map((rate) => ({
      at: round(placeOfRate(rate)!),
      text: formatLogTick(rate),
    })),
    yTicks: state === null ? [] : ticks(range, 4).map((loss) => ({ at: round(y(loss)), text: formatTick(loss, step) })),
    measured: state === null ? '' : path(state.losses),
    smoothed: state === null ? '' : path(state.smoothed),
    proposal:
      proposal === null
        ? null
        : { x: placeOfRate(state!.rates[proposal.index]!)!, y: y(state!.smoothed[proposal.index]!) },
  };
}

/** The search in one sentence, for those who hear it. */
export function describeSearch(state: RateSearchState | null): string {
  const first = state?.smoothed[0];
  if (state === null || first === undefined) return 'Loss over the learning rate: nothing measured yet.';
  let lowest = 0;
  for (let i = 1; i < state.smoothed.length; i++) if (state.smoothed[i]! < state.smoothed[lowest]!) lowest = i;
  const span = `from ${formatNumber(first)} at ${formatNumber(state.rates[0])} down to ${formatNumber(state.smoothed[lowest])} at ${formatNumber(state.rates[lowest])}`;
  const endings = {
    end: 'The last rate was reached.',
    rose: `Behind it the loss rose; the search ended at ${formatNumber(state.rates.at(-1))}.`,
    'not-finite': `Behind ${formatNumber(state.rates.at(-1))} the loss was no number.`,
  };
  const steepest = state.proposal === null ? '' : ` It falls most steeply at ${formatNumber(state.proposal.rate)}.`;
  return `Averaged loss over the learning rate: ${span}.${steepest}${state.ended === null ? '' : ` ${endings[state.ended]}`}`;
}

/** What happens before the loss explodes: the rise behind it needs no room. */
function lossRange(state: RateSearchState | null): Range {
  const [first, ...others] = state?.smoothed ?? [];
  if (first === undefined) return { min: 0, max: 1 };
  const min = Math.min(first, ...others);
  const fall = Math.max(first - min, 0.05 * Math.abs(first), 1e-12);
  return { min: min - 0.1 * fall, max: first + 0.6 * fall };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
