import { expect, test } from 'vitest';
import { Turns } from './turns';

test('one turn comes after the other, and the one that has it knows whether another waits', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  let end: () => void = () => undefined;
  const first = turns.take(async () => {
    seen.push('first begins');
    await new Promise<void>((resolve) => (end = resolve));
    seen.push('first ends');
  });
  await Promise.resolve();
  expect(turns.awaited).toBe(false);
  const second = turns.take(() => Promise.reject(new Error('the second fails')));
  const third = turns.take(() => {
    seen.push('third');
    return Promise.resolve(turns.awaited);
  });
  expect(turns.awaited).toBe(true);
  end();
  await first;
  await expect(second).rejects.toThrow('the second fails');
  expect(await third).toBe(false);
  expect(seen).toEqual(['first begins', 'first ends', 'third']);
});
