import { expect, test } from 'vitest';
import { compareWithIdx } from '../testing/digits';

/** On two cores; an archive of 10,000 takes about as long as a folder. */
const MAX_SECONDS = 10;

test('10,000 digits as PNGs in folders are those of IDX, in time', async () => {
  const seconds = await compareWithIdx(10_000);
  process.stdout.write(`folder ${seconds.folder.toFixed(2)} s, archive ${seconds.archive.toFixed(2)} s\n`);
  expect(Math.max(seconds.folder, seconds.archive)).toBeLessThan(MAX_SECONDS);
});
