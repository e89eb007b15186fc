import type { EpochRecord } from '../../../src-worker/api';
import type { OtherLine } from '../../charts/line-chart';
import { Track } from '../../charts/track';
import { runColor } from '../../state/run-color';
import type { RunRecord } from '../../state/run-record';

/** Reads one value of a point of the curves; null where there is none. */
export type ReadRecord = (record: EpochRecord) => number | null;

/** The lines of other runs in one chart. Each is laid out once, however often the chart is drawn. */
export class OtherLines {
  readonly #read: ReadRecord;
  readonly #tracks = new WeakMap<readonly EpochRecord[], Track>();

  constructor(read: ReadRecord) {
    this.#read = read;
  }

  of(runs: readonly RunRecord[]): readonly OtherLine[] {
    return runs.map(({ number, name, records }) => ({
      label: name,
      color: runColor(number),
      track: this.#trackOf(records),
    }));
  }

  #trackOf(records: readonly EpochRecord[]): Track {
    const known = this.#tracks.get(records);
    if (known !== undefined) return known;
    const track = new Track();
    for (const record of records) track.push(record.epoch, this.#read(record) ?? Number.NaN);
    this.#tracks.set(records, track);
    return track;
  }
}
