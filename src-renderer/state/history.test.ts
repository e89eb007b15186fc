import { expect, it } from 'vitest';
import { fuzzHistory } from '../testing/history-fuzz';

it('undoes and redoes 40 random histories of edits and training, with equal bits at every stop', async () => {
  let edits = 0;
  for (let seed = 1; seed <= 40; seed++) edits += await fuzzHistory(seed);
  expect(edits).toBeGreaterThan(120);
});
