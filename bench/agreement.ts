/** The losses of one peer at the workload's checked steps. */
export interface PeerLosses {
  readonly peer: string;
  readonly losses: readonly number[];
}

/**
 * How far two peers' losses may be apart, relative to the larger: they agree to five digits. Float32 carries seven, and a few
 * hundred steps lose one or two of them; a wrong gradient, update or order of the batches shows in the first three.
 */
export const TOLERANCE = 1e-5;

/** A way that peers do different work, as a sentence; null where they agree. */
export function disagreement(checkedSteps: readonly number[], peers: readonly PeerLosses[]): string | null {
  for (const [index, step] of checkedSteps.entries()) {
    const row = peers.map(({ peer, losses }) => ({ peer, loss: losses[index] ?? NaN }));
    const low = row.reduce((a, b) => (b.loss < a.loss ? b : a), row[0] ?? { peer: '', loss: NaN });
    const high = row.reduce((a, b) => (b.loss > a.loss ? b : a), low);
    const apart = (high.loss - low.loss) / Math.max(Math.abs(high.loss), Math.abs(low.loss));
    const broken = row.find(({ loss }) => !Number.isFinite(loss));
    if (broken !== undefined) return `After ${step} steps the loss of ${broken.peer} is ${broken.loss}.`;
    if (apart > TOLERANCE) {
      const all = row.map(({ peer, loss }) => `${peer} ${loss.toPrecision(8)}`).join(', ');
      return `After ${step} steps the losses differ by ${apart.toExponential(1)}, more than ${TOLERANCE}: ${all}.`;
    }
  }
  return null;
}

/** Whether training did something: losses that agree because nothing was learnt would prove nothing. */
export function hasLearnt({ losses }: PeerLosses): boolean {
  const first = losses[0] ?? NaN;
  const last = losses.at(-1) ?? NaN;
  return last < 0.9 * first;
}
