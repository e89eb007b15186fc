/** No optimizer steps well at a higher rate: from far above it a tenth at a time would diverge again and again. */
const HIGHEST = 1;

/** What to go on with after a divergence: a tenth of the learning rate, to two digits, and at most 1. */
export function lowerRate(learningRate: number): number {
  return Math.min(HIGHEST, Number((learningRate / 10).toPrecision(2)));
}
