/** The numbers by which one peer proves its work. */
export interface Proof {
  readonly peer: string;
  readonly proof: readonly number[];
}

/**
 * How far the numbers of two peers may be apart, relative to the larger: they agree to five digits. Float32 carries seven, and a
 * few hundred steps lose one or two of them; a wrong gradient, update or order of the batches shows in the first three.
 */
export const TOLERANCE = 1e-5;

/** A way that peers do different work, as a sentence; null where they agree. `labels` says what each number is. */
export function disagreement(labels: readonly string[], peers: readonly Proof[]): string | null {
  for (const [index, label] of labels.entries()) {
    const row = peers.map(({ peer, proof }) => ({ peer, value: proof[index] ?? NaN }));
    const broken = row.find(({ value }) => !Number.isFinite(value));
    if (broken !== undefined) return `The ${label} of ${broken.peer} is ${broken.value}.`;
    const values = row.map(({ value }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const apart = (high - low) / Math.max(Math.abs(high), Math.abs(low), Number.MIN_VALUE);
    if (apart > TOLERANCE) {
      const all = row.map(({ peer, value }) => `${peer} ${value.toPrecision(8)}`).join(', ');
      return `The ${label} differs by ${apart.toExponential(1)}, more than ${TOLERANCE}: ${all}.`;
    }
  }
  return null;
}

/** Whether training did something: losses that agree because nothing was learnt would prove nothing. */
export function hasLearnt(losses: readonly number[]): boolean {
  const first = losses[0] ?? NaN;
  const last = losses.at(-1) ?? NaN;
  return last < 0.9 * first;
}
