import { expect, it } from 'vitest';
import { fuzzHistory } from '../testing/history-fuzz';

it('undoes and redoes 1,000 random histories of edits and training, with equal bits at every stop', async () => {
  let edits = 0;
  for (let seed = 1000; seed < 2000; seed++) edits += await fuzzHistory(seed);
  expect(edits).toBeGreaterThan(3000);
});
