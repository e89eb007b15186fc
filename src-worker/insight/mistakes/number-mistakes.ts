import type { NumberMistakes } from './mistakes-types';

/** More points than these cover each other. */
const MOST_POINTS = 2000;
const BINS = 24;

/**
 * What is said of answers with numbers.
 * @param target `[rows]` in the target's own units
 * @param predicted `[rows]`, likewise
 * @param placeOf the place of each row
 */
export function numberMistakes(
  target: Float64Array,
  predicted: Float64Array,
  placeOf: (row: number) => number,
): NumberMistakes {
  const rows = target.length;
  const drawn = Math.min(rows, MOST_POINTS);
  const chosen = Uint32Array.from({ length: drawn }, (_, n) => Math.floor((n * rows) / drawn));
  const residuals = target.map((value, row) => value - predicted[row]!);
  return {
    place: chosen.map(placeOf),
    target: Float64Array.from(chosen, (row) => target[row]!),
    predicted: Float64Array.from(chosen, (row) => predicted[row]!),
    residuals: histogramOf(residuals),
  };
}

function histogramOf(residuals: Float64Array): NumberMistakes['residuals'] {
  const finite = residuals.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value / finite.length, 0);
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2 / finite.length, 0);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Zero lies between two bins, so that a bar is all of one sign.
  const [min, max] = [-largest, largest];
  const counts = new Uint32Array(BINS);
  for (const value of finite) {
    const bin = largest === 0 ? BINS / 2 : Math.floor(((value - min) / (max - min)) * BINS);
    counts[Math.min(BINS - 1, bin)]!++;
  }
  return { min, max, counts, mean, deviation: Math.sqrt(variance) };
}
