import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { succeed } from '../../src-worker/problem';
import { PacedFeed } from './paced-feed.svelte';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const alone = { phase: 'training', pace: 'full-speed', info: { threads: 1 } } as const;

/** How many answers a second an always eager view gets, where each costs the worker so many milliseconds. */
async function answersPerSecond(ms: number, training: boolean): Promise<number> {
  let asked = 0;
  const feed = new PacedFeed<number, { readonly ms: number }>(
    () => {
      asked++;
      return Promise.resolve(succeed({ ms }));
    },
    { share: 0.08, load: () => alone },
  );
  for (let now = 0; now < 4000; now += 4) {
    feed.ask(now, training);
    await vi.advanceTimersByTimeAsync(4);
  }
  return asked / 4;
}

test('a cheap answer comes more than twenty times a second, a dear one as often as its share of the time allows', async () => {
  expect(await answersPerSecond(1, true)).toBeGreaterThanOrEqual(24);
  const dear = await answersPerSecond(40, true);
  // The first one of the four seconds comes at once.
  expect(dear * 40).toBeLessThanOrEqual((0.08 * 4000 + 40) / 4);
  expect(dear).toBeGreaterThan(1.5);
  expect(await answersPerSecond(40, false)).toBeGreaterThanOrEqual(24);
});

test('what is withdrawn before its turn is not asked for', async () => {
  const source = vi.fn(() => Promise.resolve(succeed({ ms: 1 })));
  const feed = new PacedFeed<number, { readonly ms: number }>(source, { share: 0.08, load: () => alone });
  feed.ask(1);
  feed.ask(null);
  await vi.advanceTimersByTimeAsync(500);
  expect(source).not.toHaveBeenCalled();
  feed.ask(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(feed.current).toEqual({ ms: 1 });
  feed.ask(null);
  expect(feed.current).toBeNull();
});
