import { ticks, type Range } from './scale';

/**
 * Powers of ten within a range, with their doubles and fivefolds where there is room for them; round values where it is narrow.
 * @param low whether there is room for few
 */
export function logTicks({ min, max }: Range, low = false): number[] {
  if (!(min > 0) || !(max > min)) return [];
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const factors = low || last - first > 4 ? [1] : [1, 2, 5];
  const found: number[] = [];
  for (let power = first; power <= last; power++) {
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) found.push(value);
    }
  }
  return found.length > 1 ? found : ticks({ min, max }, low ? 2 : 4);
}

/** How a logarithmic scale writes its ticks. */
export function formatLogTick(value: number): string {
  return value !== 0 && (value < 1e-4 || value >= 1e6) ? value.toExponential().replace('e+', 'e') : String(value);
}
