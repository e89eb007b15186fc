import { wrap, type Remote } from 'comlink';
import type { Opened } from '../contract';
import type { BenchWorker } from './worker';

/** What the driver calls in the page: a worker per peer, by peer name. */
export interface BenchPage {
  open(peer: string, workload: string): Promise<Opened>;
  losses(peer: string, steps: readonly number[]): Promise<number[]>;
  calibrate(peer: string, targetMs: number): Promise<number>;
  time(peer: string, steps: number, repeats: number): Promise<number[]>;
  close(peer: string): void;
  readonly isolated: boolean;
}

declare global {
  interface Window {
    readonly bench: BenchPage;
  }
}

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<BenchWorker>;
}

const running = new Map<string, Running>();

function of(peer: string): Remote<BenchWorker> {
  const found = running.get(peer);
  if (found === undefined) throw new Error(`'${peer}' is not open.`);
  return found.remote;
}

function close(peer: string): void {
  running.get(peer)?.worker.terminate();
  running.delete(peer);
}

const page: BenchPage = {
  open(peer, workload) {
    close(peer);
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const remote = wrap<BenchWorker>(worker);
    running.set(peer, { worker, remote });
    // A worker whose script does not load never answers: without this the bench would wait for ever.
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(`The worker of '${peer}' failed: ${event.message || 'no script'}.`));
    });
    return Promise.race([remote.open(peer, workload), broken]);
  },
  losses: (peer, steps) => of(peer).losses(steps),
  calibrate: (peer, targetMs) => of(peer).calibrate(targetMs),
  time: (peer, steps, repeats) => of(peer).time(steps, repeats),
  close,
  isolated: crossOriginIsolated,
};

Object.defineProperty(window, 'bench', { value: page });
