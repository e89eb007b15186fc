import type { KeptMoment, Moments } from './moments';
import { structureOf, type Subject } from './subject';

/** How the run in the worker becomes that of another version of the document. */
export type Entry =
  /** From the seed. */
  | { readonly kind: 'seed' }
  /** As it was when the era was left, or as it was saved. */
  | { readonly kind: 'kept'; readonly kept: KeptMoment }
  | { readonly kind: 'saved' }
  /** The network stays; training settings may be others. */
  | { readonly kind: 'change' }
  /** Carried over, from the run in the worker where `from` is null. */
  | { readonly kind: 'carry'; readonly from: KeptMoment | null }
  | { readonly kind: 'best' }
  | { readonly kind: 'parameter' };

export interface EntryPlan {
  readonly entry: Entry;
  /** True where the weights of that moment were kept once and had to make room. */
  readonly gone: boolean;
}

/**
 * @param path see `ExperimentState.path`
 * @param built what the run in the worker is of; null before the first build
 * @param initial whether its weights are those of the seed
 */
export function planEntry(
  subject: Subject,
  path: readonly Subject[],
  built: Subject | null,
  initial: boolean,
  moments: Moments,
): EntryPlan {
  const folds = built?.era === subject.era;
  const own = moments.get(subject.era);
  if (own !== undefined && !folds) {
    return { entry: own.moment === null ? { kind: 'seed' } : { kind: 'kept', kept: own }, gone: false };
  }
  const gone = moments.isGone(subject.era);
  const { enters } = subject;
  const sameRun = built !== null && built.origin === subject.origin;
  if (enters.kind === 'state') return { entry: { kind: 'saved' }, gone };
  if (!sameRun || (enters.kind === 'initial' && !gone)) return { entry: { kind: 'seed' }, gone };
  const sameNetwork = structureOf(built) === structureOf(subject);
  if (enters.kind !== 'carried' && enters.kind !== 'initial' && sameNetwork && (folds || path[1]?.era === built.era)) {
    return { entry: { kind: enters.kind }, gone };
  }
  return { entry: carriedEntry(subject, path, built, initial, moments), gone };
}

/** From the nearest era before it: that is where the edit was made, though the worker may have been elsewhere since. */
function carriedEntry(
  subject: Subject,
  path: readonly Subject[],
  built: Subject,
  initial: boolean,
  moments: Moments,
): Entry {
  const folds = built.era === subject.era;
  const sameNetwork = structureOf(built) === structureOf(subject);
  const present: Entry = sameNetwork ? { kind: 'change' } : { kind: 'carry', from: null };
  if (folds && sameNetwork) return { kind: 'change' };
  for (const past of path.slice(1)) {
    if (past.origin !== subject.origin) break;
    if (past.era === built.era) return initial && !sameNetwork ? { kind: 'seed' } : present;
    const kept = moments.get(past.era);
    if (kept?.moment === null || (kept === undefined && past.enters.kind === 'initial' && !moments.isGone(past.era))) {
      return { kind: 'seed' };
    }
    if (kept !== undefined) return { kind: 'carry', from: kept };
  }
  return present;
}
