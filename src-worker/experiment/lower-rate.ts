/** A tenth of a learning rate, to two digits: what to go on with after a divergence. */
export function lowerRate(learningRate: number): number {
  return Number((learningRate / 10).toPrecision(2));
}
