/** Figures that a weight is filled in with: what is shown is then what the engine uses. */
const FIGURES = 4;

/** Weights as the document has them: by the name of the class, each a number that a person can read. */
export function namedWeights(classes: readonly string[], weights: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(classes.map((name, k) => [name, Number((weights[k] ?? 1).toPrecision(FIGURES))]));
}

/** The same with another number for one class; the order of the classes stays. */
export function withWeight(
  weights: Readonly<Record<string, number>>,
  name: string,
  weight: number,
): Readonly<Record<string, number>> {
  const entries = Object.entries(weights).map(([each, old]) => [each, each === name ? weight : old] as const);
  return Object.fromEntries(Object.hasOwn(weights, name) ? entries : [...entries, [name, weight]]);
}

/** What a training example counts on average; 1 leaves the learning rate the meaning that it has without weights. */
export function meanWeight(weights: readonly number[], counts: readonly number[]): number {
  const examples = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, k) => sum + count * (weights[k] ?? 1), 0) / examples;
}
