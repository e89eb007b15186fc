import { expect, test } from 'vitest';
import { BlockCache } from './block-cache';

test('blocks are kept up to a number, the newest of them', () => {
  const cache = new BlockCache<number>(2);
  for (const key of ['a', 'b', 'c']) cache.put(key, [1]);
  expect([cache.has('a'), cache.has('b'), cache.has('c')]).toEqual([false, true, true]);
});

test('what was known stays on the screen after a change, and is asked for again', () => {
  const cache = new BlockCache<number>(4);
  cache.put('a', [1]);
  cache.expire(true);
  expect(cache.isEmpty).toBe(true);
  expect(cache.has('a')).toBe(false);
  expect(cache.get('a')).toEqual([1]);
  cache.put('a', [2]);
  expect(cache.get('a')).toEqual([2]);
  cache.expire(false);
  expect(cache.get('a')).toBeUndefined();
});
