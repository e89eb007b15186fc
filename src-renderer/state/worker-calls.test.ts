import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { succeed } from '../../src-worker/problem';
import { WorkerCalls } from './worker-calls';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const alone = { phase: 'training', pace: 'watch', info: { threads: 1 } } as const;
const progress = (ms: number) =>
  ({ ms, epochs: 10, epoch: 0, batchesPerEpoch: 100, batchInEpoch: 0 }) as Parameters<WorkerCalls['measure']>[0];

test('what is left counts the whole way of a call, the next budget only the worker’s time', async () => {
  const calls = new WorkerCalls(() => Promise.resolve(succeed(progress(0))));
  expect(calls.msLeft(progress(0))).toBeNull();
  const { sentMs } = await calls.send({ steps: 10 });
  await vi.advanceTimersByTimeAsync(30);
  calls.measure(progress(10), 10, sentMs);
  expect(calls.msLeft(progress(0))).toBe(1000 * 3);
  // 1 ms a step: an epoch of 100 steps is longer than a slice, one of 20 is not.
  expect(calls.budget(alone, progress(0), Infinity)).toEqual({ ms: 40 });
  expect(calls.budget(alone, { ...progress(0), batchesPerEpoch: 20 }, 7)).toEqual({ steps: 7 });
});

test('a call that was sent ahead began when the one before it was answered; a rest between two does not count', async () => {
  const calls = new WorkerCalls(() => Promise.resolve(succeed(progress(0))));
  const first = await calls.send({ ms: 15 });
  const ahead = await calls.send({ ms: 15 });
  await vi.advanceTimersByTimeAsync(20);
  calls.measure(progress(15), 10, first.sentMs);
  await vi.advanceTimersByTimeAsync(20);
  calls.measure(progress(15), 10, ahead.sentMs);
  expect(calls.msLeft(progress(0))).toBe(1000 * 2);
  calls.rest();
  await vi.advanceTimersByTimeAsync(60_000);
  const later = await calls.send({ ms: 15 });
  await vi.advanceTimersByTimeAsync(20);
  calls.measure(progress(15), 10, later.sentMs);
  expect(calls.msLeft(progress(0))).toBeCloseTo(1000 * 2);
});
