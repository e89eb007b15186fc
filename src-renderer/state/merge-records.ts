import type { EpochRecord } from '../../src-worker/api';

/** A point that comes twice (a resumed run may repeat its last one) counts once. */
export function mergeRecords(known: readonly EpochRecord[], added: readonly EpochRecord[]): readonly EpochRecord[] {
  const last = known.at(-1)?.epoch ?? -1;
  const repeated = (added[0]?.epoch ?? Infinity) <= last;
  return known.concat(repeated ? added.filter((record) => record.epoch > last) : added);
}
