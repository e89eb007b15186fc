import { wrap, type Remote } from 'comlink';
import type { Experiment, Outcome, SweepData, SweepWorkerApi } from '../../src-worker/api';
import { fail, succeed, type Problem } from '../../src-worker/problem';
import { plain } from '../state/plain.svelte';
import type { PoolWorker } from './pool';

/** How long a worker may take until it has the data. */
const READY_TIMEOUT_MS = 30_000;

/**
 * Starts a worker of a sweep and gives it the data. A call to a dead worker would hang for ever, so every call is raced against its
 * end.
 */
export async function startSweepWorker(data: SweepData): Promise<Outcome<PoolWorker>> {
  const worker = new Worker(new URL('../../src-worker/sweep/worker.ts', import.meta.url), { type: 'module' });
  let lose: (detail: string) => void = () => undefined;
  const ended = new Promise<{ readonly ok: false; readonly problems: readonly Problem[] }>((resolve) => {
    lose = (detail) => resolve({ ok: false, problems: [workerLost(detail)] });
  });
  worker.addEventListener('error', ({ message }) => lose(message));
  worker.addEventListener('messageerror', () => lose('a message could not be read'));
  const api: Remote<SweepWorkerApi> = wrap<SweepWorkerApi>(worker);
  const ask = <T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> =>
    Promise.race([answer, ended]).catch((error: unknown) => fail<T>(workerLost(String(error))));
  const client: PoolWorker = {
    begin: (experiment: Experiment) => ask(api.begin(plain(experiment))),
    advance: (ms) => ask(api.advance(ms)),
    end: () => {
      worker.terminate();
      lose('it was ended');
    },
  };
  const timer = setTimeout(() => lose('it did not start'), READY_TIMEOUT_MS);
  const ready = await ask<null>(api.takeData(data).then(() => succeed(null)));
  clearTimeout(timer);
  if (ready.ok) return succeed(client);
  client.end();
  return ready;
}

function workerLost(detail: string): Problem {
  return {
    code: 'sweep/worker-lost',
    message: `A worker of the sweep stopped${detail === '' ? '' : ` (${detail})`}.`,
    hint: 'Let fewer networks train side by side, or make them smaller.',
  };
}
