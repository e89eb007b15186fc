/** What a network gives to one class. */
export interface ClassShare {
  readonly name: string;
  /** Of the class. */
  readonly index: number;
  readonly share: number;
}

/** The outputs by class: one of a single unit counts for the second class, and what it lacks to 1 for the first. None without classes. */
export function sharesOf(outputs: readonly number[], classes: readonly string[]): readonly ClassShare[] {
  const [only = 0] = outputs;
  const shares = outputs.length === 1 && classes.length === 2 ? [1 - only, only] : outputs;
  return classes.map((name, index) => ({ name, index, share: shares[index] ?? 0 }));
}
