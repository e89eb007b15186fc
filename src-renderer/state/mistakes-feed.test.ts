import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MistakesReport } from '../../src-worker/api';
import { succeed } from '../../src-worker/problem';
import { MistakesFeed } from './mistakes-feed.svelte';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const PIECES = 5;
const PIECE_MS = 12;

/** A worker that needs some pieces for each report. */
function worker() {
  let left = 0;
  let pieces = 0;
  const report = { part: 'dev' } as MistakesReport;
  return {
    pieces: () => pieces,
    startMistakes: () => {
      left = PIECES;
      return Promise.resolve(succeed(null));
    },
    continueMistakes: () => {
      pieces++;
      left--;
      return Promise.resolve(succeed({ done: 0, total: 1, report: left === 0 ? report : null, ms: PIECE_MS }));
    },
    mistakenExamples: () => Promise.reject(new Error('nobody asks')),
  };
}

test('the first report comes without pauses, the next ones in the share of the time that is theirs', async () => {
  const source = worker();
  const feed = new MistakesFeed(source, () => ({ phase: 'training', pace: 'watch', info: null }));
  const wish = { request: {} as never, subject: 'dev' };
  feed.ask(wish);
  await vi.advanceTimersByTimeAsync(1);
  expect(feed.report).not.toBeNull();
  expect(source.pieces()).toBe(PIECES);
  // Whoever draws asks again and again.
  for (let ms = 0; ms < 10_000; ms += 20) {
    feed.ask(wish);
    await vi.advanceTimersByTimeAsync(20);
  }
  const share = (source.pieces() * PIECE_MS) / 10_000;
  expect(share).toBeLessThanOrEqual(0.05);
  expect(share).toBeGreaterThan(0.025);
  feed.close();
});
