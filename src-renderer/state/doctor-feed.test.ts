import { expect, test, vi } from 'vitest';
import type { Experiment, Finding } from '../../src-worker/api';
import { fail, succeed, type Outcome } from '../../src-worker/problem';
import { DoctorFeed } from './doctor-feed.svelte';

const finding: Finding = {
  ailment: 'plateau',
  sentence: 'The loss hardly moves.',
  grounds: 'Loss 0.69 to 0.69.',
  change: null,
};

function experiment(learningRate: number): Experiment {
  return { data: {}, network: {}, training: { optimizer: { kind: 'sgd', learningRate } } } as unknown as Experiment;
}

function feedOf(): { feed: DoctorFeed; diagnose: ReturnType<typeof vi.fn> } {
  const diagnose = vi.fn(() => Promise.resolve(succeed<Finding | null>(finding)));
  return { feed: new DoctorFeed({ diagnose }, 0), diagnose };
}

const before = experiment(0.001);
const after = experiment(0.01);

test('a changed document has nothing found before an epoch with it, even where an older look was still waiting', async () => {
  const { feed } = feedOf();
  feed.ask({ document: before, epoch: 1, origin: 1 });
  await vi.waitUntil(() => feed.findingOf(before) !== null);
  feed.ask({ document: before, epoch: 2, origin: 1 });
  feed.ask({ document: after, epoch: 2, origin: 1 });
  feed.ask({ document: after, epoch: 2, origin: 1 });
  await vi.waitUntil(() => feed.findingOf(before) !== null);
  await Promise.resolve();
  expect(feed.findingOf(after)).toBeNull();
  feed.ask({ document: after, epoch: 3, origin: 1 });
  await vi.waitUntil(() => feed.findingOf(after) !== null);
});

test('a changed document that diverges before its first epoch is looked at', async () => {
  const { feed } = feedOf();
  feed.ask({ document: before, epoch: 0, origin: 1, diverged: true });
  await vi.waitUntil(() => feed.findingOf(before) !== null);
  feed.ask({ document: after, epoch: 0, origin: 1, diverged: false });
  feed.ask({ document: after, epoch: 0, origin: 1, diverged: true });
  await vi.waitUntil(() => feed.findingOf(after) !== null);
});

test('a run that was opened is looked at where it stands', async () => {
  const { feed, diagnose } = feedOf();
  feed.ask({ document: before, epoch: 5, origin: 1 });
  await vi.waitUntil(() => feed.findingOf(before) !== null);
  feed.ask({ document: after, epoch: 5, origin: 2 });
  await vi.waitUntil(() => feed.findingOf(after) !== null);
  expect(diagnose).toHaveBeenCalledTimes(2);
});

test('a look that failed is no clean bill of health: it says why, until the next one succeeds', async () => {
  const problem = { code: 'memory/full', message: 'There is not so much memory.', hint: 'Lower the batch size.' };
  const answers: Outcome<Finding | null>[] = [fail(problem), succeed(null)];
  const feed = new DoctorFeed({ diagnose: () => Promise.resolve(answers.shift()!) }, 0);
  feed.ask({ document: before, epoch: 1, origin: 1 });
  await vi.waitUntil(() => feed.problemOf(before) !== null);
  expect(feed.problemOf(before)).toBe(problem);
  expect(feed.findingOf(before)).toBeNull();
  expect(feed.problemOf(after)).toBeNull();
  feed.ask({ document: before, epoch: 2, origin: 1 });
  await vi.waitUntil(() => feed.problemOf(before) === null);
});
