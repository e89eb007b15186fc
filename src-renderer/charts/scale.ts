/** Straight-line scales and round ticks for the pictures that we draw ourselves. */

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The smallest range that holds every finite value; null where there is none. */
export function rangeOf(values: Iterable<number>): Range | null {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : null;
}

/** Widens a range by a share of its width on both sides; one of no width by a half, so that there is a plane to draw. */
export function padRange({ min, max }: Range, share: number): Range {
  const pad = max > min ? (max - min) * share : 0.5;
  return { min: min - pad, max: max + pad };
}

/** Where `value` lies in `from`, carried over to `to`. `to` may run backwards, as screens do for y. */
export function project(value: number, from: Range, to: { readonly start: number; readonly end: number }): number {
  return to.start + ((value - from.min) / (from.max - from.min)) * (to.end - to.start);
}

/** Round values inside a range, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks({ min, max }: Range, count: number): number[] {
  const step = tickStep(max - min, count);
  if (step === 0) return [];
  const values: number[] = [];
  const last = Math.floor(max / step + 1e-9);
  // Multiples of the step, not a running sum: a sum drifts off the round values.
  for (let i = Math.ceil(min / step - 1e-9); i <= last; i++) values.push(round(i * step, step));
  return values;
}

/**
 * As many digits as tell the ticks of this step apart: `0.25` for a step of 0.05, `3.05e12` for one of 5e10. Where zeros would have to be
 * counted, all ticks of an axis are powers.
 * @param step 0 for a range of no width, whose one tick has three digits
 */
export function formatTick(value: number, step: number): string {
  const size = Math.abs(value);
  const last = step > 0 ? exponentOf(step) : size > 0 ? exponentOf(size) - 2 : 0;
  const asPower = size !== 0 && (size >= 1e6 || step >= 1e5 || last < -5);
  const text = asPower
    ? size.toExponential(Math.min(20, Math.max(0, exponentOf(size) - last))).replace('e+', 'e')
    : withDecimals(size, Math.max(0, -last));
  return value < 0 ? `−${text}` : text;
}

function withDecimals(size: number, decimals: number): string {
  return size.toLocaleString('en-US', {
    minimumFractionDigits: Math.min(20, decimals),
    maximumFractionDigits: Math.min(20, decimals),
  });
}

/** The power of ten that a number begins with: 2 for 100 and for 999. */
function exponentOf(size: number): number {
  return Math.floor(Math.log10(size) + 1e-9);
}

/** The step between {@link ticks}; 0 where the range has no width. */
export function tickStep(width: number, count: number): number {
  if (!(width > 0) || !Number.isFinite(width)) return 0;
  const rough = width / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function round(value: number, step: number): number {
  const rounded = Number(value.toPrecision(12));
  return Math.abs(rounded) < step * 1e-9 ? 0 : rounded;
}
