import { beforeAll, describe, expect, it } from 'vitest';
import type { ReadingSession } from '../contract';
import { openReading } from '../peers/layerlab-reading';
import { papaparsePeer } from '../peers/papaparse';
import { comparedPlaces, readings } from './reading';

const [csv, , idx, npy] = readings as [(typeof readings)[0], unknown, (typeof readings)[0], (typeof readings)[0]];

describe('the files that reading is measured on', () => {
  let bytes: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    bytes = await csv.generate();
  });

  it('are the same every time', async () => {
    expect(Buffer.from(await csv.generate()).equals(Buffer.from(bytes))).toBe(true);
  });

  it('have as many rows as they say, of which the first and the last number are compared', () => {
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
    expect(lines).toHaveLength(csv.rows + 1);
    expect(comparedPlaces(csv)).toHaveLength(16);
    expect([comparedPlaces(csv)[0], comparedPlaces(csv).at(-1)]).toEqual([
      [0, 0],
      [csv.rows - 1, csv.columns - 1],
    ]);
  });

  it('are read alike by us, by PapaParse and by splitting at commas', async () => {
    const lines = new TextDecoder().decode(bytes).split('\n');
    const papa = await papaparsePeer.read!({ workload: csv, bytes });
    for (const session of [openReading({ workload: csv, bytes }), papa as ReadingSession]) {
      expect(session.valueAt(0, 0), 'nothing was read yet').toBeNaN();
      await session.run(1);
      for (const [row, column] of comparedPlaces(csv)) {
        expect(session.valueAt(row, column)).toBe(Number(lines[row + 1]!.split(',')[column]));
      }
    }
  });

  it.each([idx, npy])('are arrays that we read: $name', async (workload) => {
    const session = openReading({ workload, bytes: await workload.generate() });
    await session.run(1);
    const found = comparedPlaces(workload).map(([row, column]) => session.valueAt(row, column));
    expect(found.every((value) => (workload === idx ? value >= 0 && value < 256 : value > 0 && value < 1))).toBe(true);
    expect(new Set(found).size).toBeGreaterThan(1);
    expect(session.valueAt(workload.rows, 0)).toBeUndefined();
    expect(await papaparsePeer.read!({ workload, bytes: new Uint8Array() })).toHaveProperty('cannot');
  });
});
