import { expect, test, vi } from 'vitest';
import { fail, succeed, type Outcome } from '../../src-worker/problem';
import { LookFeed } from './look-feed.svelte';

const alone = { phase: 'training', pace: 'full-speed', info: { threads: 1 } } as const;

interface Seen {
  readonly of: string;
  readonly costMs: number;
}

/** A worker that answers when it is told to. */
function worker() {
  const waiting: { readonly request: string; readonly answer: (outcome: Outcome<Seen>) => void }[] = [];
  const look = vi.fn((request: string) => new Promise<Outcome<Seen>>((answer) => waiting.push({ request, answer })));
  const answer = (costMs = 0): void => {
    const { request, answer: tell } = waiting.shift()!;
    tell(succeed({ of: request, costMs }));
  };
  return { look, answer, waiting };
}

test('one request at a time, and then the newest wish only', async () => {
  const { look, answer, waiting } = worker();
  const feed = new LookFeed(look, () => alone, 0);
  feed.ask('a');
  await vi.waitUntil(() => waiting.length === 1);
  feed.ask('b');
  feed.ask('c');
  expect(look).toHaveBeenCalledTimes(1);
  answer();
  await vi.waitUntil(() => waiting.length === 1);
  answer();
  await vi.waitUntil(() => feed.current?.of === 'c');
  expect(look.mock.calls.flat()).toEqual(['a', 'c']);
});

test('a look that was dear keeps the next one waiting, unless a person waits for it', async () => {
  const { look, answer, waiting } = worker();
  const feed = new LookFeed(look, () => alone, 0);
  feed.ask('a');
  await vi.waitUntil(() => waiting.length === 1);
  answer(1e6);
  await vi.waitUntil(() => feed.current !== null);
  feed.ask('b');
  await new Promise((resolve) => setImmediate(resolve));
  expect(look).toHaveBeenCalledTimes(1);
  feed.ask('c', true);
  await vi.waitUntil(() => waiting.length === 1);
  expect(waiting[0]!.request).toBe('c');
});

test('a view that is gone asks for nothing, and what comes late is not shown', async () => {
  const { look, answer, waiting } = worker();
  const feed = new LookFeed(look, () => alone, 0);
  feed.ask('a');
  await vi.waitUntil(() => waiting.length === 1);
  feed.ask(null);
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(feed.current).toBeNull();
  expect(look).toHaveBeenCalledTimes(1);
});

test('why nothing can be seen is kept until something is', async () => {
  const problem = { code: 'look/empty-part', message: 'The dev part has no examples.', hint: 'Choose another part.' };
  const answers: Outcome<Seen>[] = [fail(problem), succeed({ of: 'b', costMs: 0 })];
  const feed = new LookFeed(
    () => Promise.resolve(answers.shift()!),
    () => alone,
    0,
  );
  feed.ask('a');
  await vi.waitUntil(() => feed.problem === problem);
  feed.ask('b');
  await vi.waitUntil(() => feed.problem === null);
  expect(feed.current?.of).toBe('b');
});
