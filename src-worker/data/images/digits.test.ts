import { test } from 'vitest';
import { compareWithIdx } from '../testing/digits';

/** A sample of what `npm run test:heavy` reads. */
test('300 digits as PNGs in folders are those of IDX, from a folder and from an archive', async () => {
  await compareWithIdx(300);
});
