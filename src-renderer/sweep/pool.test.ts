import { expect, it } from 'vitest';
import type { Experiment, Outcome, PointProgress, Problem } from '../../src-worker/api';
import { fail, succeed } from '../../src-worker/problem';
import { SweepPool, type PoolWorker } from './pool';

const PROBLEM: Problem = { code: 'test', message: 'It broke.', hint: 'Mend it.' };

/** Names stand for documents, and say how a point goes: `long`, `diverges`, `breaks`. */
const documents = (...names: readonly string[]) => names.map((name) => ({ name })) as unknown as Experiment[];

function progressOf(name: string, calls: number): PointProgress {
  const last = calls === 3;
  const status = last ? (name.startsWith('diverges') ? 'diverged' : 'finished') : 'training';
  const records = [{ epoch: calls }];
  const progress = { status, epoch: calls, epochs: 3, batchInEpoch: 0, batchesPerEpoch: 1, records };
  return { progress, evaluations: null } as unknown as PointProgress; // what the pool does not look at is left out
}

/** Workers that answer when they are told to. */
class Workshop {
  readonly log: string[] = [];
  readonly alive = new Set<number>();
  started = 0;
  startable = Infinity;
  readonly #waiting: (() => void)[] = [];

  readonly start = (): Promise<Outcome<PoolWorker>> => {
    if (this.started >= this.startable) return Promise.resolve(fail(PROBLEM));
    const id = ++this.started;
    this.alive.add(id);
    let name = '';
    let calls = 0;
    const worker: PoolWorker = {
      begin: (experiment) => {
        ({ name } = experiment);
        calls = 0;
        this.log.push(`${id} begins ${name}`);
        return Promise.resolve(succeed(null));
      },
      advance: () =>
        new Promise((resolve) => {
          this.#waiting.push(() => {
            if (!this.alive.has(id) || name.startsWith('breaks')) resolve(fail(PROBLEM));
            else resolve(succeed(progressOf(name, ++calls)));
          });
        }),
      end: () => {
        this.alive.delete(id);
      },
    };
    return Promise.resolve(succeed(worker));
  };

  /** Answers everything that is asked, and gives what comes of it its turn. */
  async turn(): Promise<number> {
    await settle();
    const answered = this.#waiting.splice(0);
    for (const answer of answered) answer();
    await settle();
    return answered.length;
  }

  async toTheEnd(): Promise<void> {
    while ((await this.turn()) > 0);
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

function poolOf(shop: Workshop, ...names: readonly string[]) {
  const done: string[] = [];
  const failed: string[] = [];
  const shares: number[] = [];
  const pool = new SweepPool(documents(...names), shop.start, {
    onProgress: (_, share) => shares.push(share),
    onDone: (point, { records, progress }) => done.push(`${names[point]!} ${progress.status} ${records.length}`),
    onFailed: (point) => failed.push(names[point]!),
  });
  return { pool, done, failed, shares };
}

it('gives each worker the next point as soon as it is free, and ends them all', async () => {
  const shop = new Workshop();
  const { pool, done, shares } = poolOf(shop, 'a', 'diverges', 'c');
  const ran = pool.run(2);
  await shop.toTheEnd();
  expect(await ran).toEqual([]);
  expect(shop.log).toEqual(['1 begins a', '2 begins diverges', '1 begins c']);
  expect(done).toEqual(['a finished 3', 'diverges diverged 3', 'c finished 3']);
  expect(shares).toContain(2 / 3);
  expect(shop.alive.size).toBe(0);
});

it('starts no more workers than there are points', async () => {
  const shop = new Workshop();
  const { pool } = poolOf(shop, 'a');
  const ran = pool.run(8);
  await shop.toTheEnd();
  await ran;
  expect(shop.started).toBe(1);
});

it('asks nothing of its workers while it is paused, and goes on where it was', async () => {
  const shop = new Workshop();
  const { pool, done } = poolOf(shop, 'a', 'b');
  const ran = pool.run(1);
  await shop.turn();
  pool.pause();
  await shop.turn();
  expect(await shop.turn()).toBe(0);
  pool.goOn();
  await shop.toTheEnd();
  await ran;
  expect(done).toEqual(['a finished 3', 'b finished 3']);
});

it('keeps what was done when it is stopped, ends its workers, and says nothing more', async () => {
  const shop = new Workshop();
  const { pool, done, failed } = poolOf(shop, 'a', 'b', 'c');
  const ran = pool.run(1);
  for (let turn = 0; turn < 4; turn++) await shop.turn();
  pool.stop();
  await shop.toTheEnd();
  expect(await ran).toEqual([]);
  expect(done).toEqual(['a finished 3']);
  expect(failed).toEqual([]);
  expect(shop.alive.size).toBe(0);
});

it('can be stopped while it is paused', async () => {
  const shop = new Workshop();
  const { pool, done } = poolOf(shop, 'a');
  const ran = pool.run(1);
  await shop.turn();
  pool.pause();
  await shop.turn();
  pool.stop();
  await shop.toTheEnd();
  expect(await ran).toEqual([]);
  expect(done).toEqual([]);
});

it('goes on with a fresh worker after one that failed, and tells of the point', async () => {
  const shop = new Workshop();
  const { pool, done, failed } = poolOf(shop, 'breaks', 'b');
  const ran = pool.run(1);
  await shop.toTheEnd();
  expect(await ran).toEqual([]);
  expect(shop.log).toEqual(['1 begins breaks', '2 begins b']);
  expect(failed).toEqual(['breaks']);
  expect(done).toEqual(['b finished 3']);
});

it('says why no worker could be started', async () => {
  const shop = new Workshop();
  shop.startable = 0;
  const { pool, done } = poolOf(shop, 'a');
  expect(await pool.run(1)).toEqual([PROBLEM]);
  expect(done).toEqual([]);
});
