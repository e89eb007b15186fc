import type { Look } from '../../src-worker/api';

/** More columns than this are not seen side by side. */
const MOST = 240;

/**
 * A history of looks with one more, in the order of their steps. A run that went back, by an undo or a reset, loses what was seen behind the
 * place where it is now; one that has become long keeps every second look, so that it reaches from its first to its last.
 */
export function withLook<T extends Look>(looks: readonly T[], look: T, most = MOST): readonly T[] {
  const kept = [...looks.filter(({ step }) => step < look.step), look];
  if (kept.length <= most) return kept;
  return kept.filter((_, place) => place % 2 === 0 || place === kept.length - 1);
}
