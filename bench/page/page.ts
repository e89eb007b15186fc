import { wrap, type Remote } from 'comlink';
import type { Cannot, Opened } from '../contract';
import type { PeerHost } from '../host';
import type { Profile } from '../profile/profile';
import { createPeak, type Peak } from './peak';
import type { ProfileWorker } from './profile-worker';

/** What the driver calls in the page: a worker per peer, by the runner's name, and the meters of the peak. */
export interface BenchPage {
  open(runner: string, peer: string, workload: string, threads: number): Promise<Opened | Cannot>;
  prove(runner: string): Promise<number[]>;
  calibrate(runner: string, targetMs: number): Promise<number>;
  time(runner: string, steps: number, repeats: number): Promise<number[]>;
  close(runner: string): void;
  /** Where the time of a step of ours goes. */
  profile(workload: string, threads: number, rounds: number): Promise<Profile>;
  readonly peak: Peak;
  readonly isolated: boolean;
}

declare global {
  interface Window {
    readonly bench: BenchPage;
  }
}

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<PeerHost>;
}

const running = new Map<string, Running>();

function of(runner: string): Remote<PeerHost> {
  const found = running.get(runner);
  if (found === undefined) throw new Error(`'${runner}' is not open.`);
  return found.remote;
}

function close(runner: string): void {
  running.get(runner)?.worker.terminate();
  running.delete(runner);
}

async function profile(workload: string, threads: number, rounds: number): Promise<Profile> {
  const worker = new Worker(new URL('./profile-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await wrap<ProfileWorker>(worker).profile(workload, threads, rounds);
  } finally {
    worker.terminate();
  }
}

const page: BenchPage = {
  open(runner, peer, workload, threads) {
    close(runner);
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const remote = wrap<PeerHost>(worker);
    running.set(runner, { worker, remote });
    // A worker whose script does not load never answers: without this the bench would wait for ever.
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(`The worker of '${peer}' failed: ${event.message || 'no script'}.`));
    });
    return Promise.race([remote.open(peer, workload, threads), broken]);
  },
  prove: (runner) => of(runner).prove(),
  calibrate: (runner, targetMs) => of(runner).calibrate(targetMs),
  time: (runner, steps, repeats) => of(runner).time(steps, repeats),
  close,
  profile,
  peak: createPeak(),
  isolated: crossOriginIsolated,
};

Object.defineProperty(window, 'bench', { value: page });
