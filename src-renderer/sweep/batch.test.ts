import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Batch } from './batch';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

it('hands on the first at once, and those that follow together', () => {
  const given: string[] = [];
  const batch = new Batch<string>((items) => given.push(items.join('')), 250);
  batch.add('a');
  batch.add('b');
  batch.add('c');
  expect(given).toEqual(['a']);
  vi.advanceTimersByTime(250);
  expect(given).toEqual(['a', 'bc']);
  vi.advanceTimersByTime(1000);
  batch.add('d');
  expect(given).toEqual(['a', 'bc', 'd']);
});

it('keeps nothing back at the end', () => {
  const given: string[] = [];
  const batch = new Batch<string>((items) => given.push(items.join('')), 250);
  batch.add('a');
  batch.add('b');
  batch.flush();
  vi.advanceTimersByTime(1000);
  expect(given).toEqual(['a', 'b']);
});
