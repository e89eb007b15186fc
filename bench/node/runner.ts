import { releaseProxy, wrap, type Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { Cannot, Opened, Runner } from '../contract';
import type { PeerHost } from '../host';

/** Bundles the peers that run on Node. Returns the path of their worker's script. */
export async function buildNodeWorker(root: string): Promise<string> {
  const outDir = join(root, 'out/bench-node');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'node20', ssr: join(root, 'bench/node/worker.ts'), minify: false },
    ssr: { noExternal: true },
  });
  return join(outDir, 'worker.js');
}

/** A peer in a thread of Node, which starts with each workload. */
export function nodeRunner(name: string, peer: string, threads: number, script: string, root: string): Runner {
  let running: { readonly worker: Worker; readonly remote: Remote<PeerHost>; readonly lost: Promise<never> } | null =
    null;
  const current = () => {
    if (running === null) throw new Error(`'${name}' is not open.`);
    return running;
  };
  // A thread that dies never answers: without this the bench would wait for ever.
  const call = <T>(work: (remote: Remote<PeerHost>) => Promise<T>): Promise<T> =>
    Promise.race([work(current().remote), current().lost]);
  const close = async (): Promise<void> => {
    const before = running;
    running = null;
    before?.remote[releaseProxy]();
    await before?.worker.terminate();
  };
  return {
    peer: name,
    async open(workload) {
      await close();
      const worker = new Worker(script, { workerData: { root } });
      const lost = new Promise<never>((_, reject) => worker.once('error', reject));
      lost.catch(() => undefined);
      running = { worker, remote: wrap<PeerHost>(nodeEndpoint(worker)), lost };
      return call<Opened | Cannot>((remote) => remote.open(peer, workload, threads));
    },
    prove: () => call((remote) => remote.prove()),
    calibrate: (targetMs) => call((remote) => remote.calibrate(targetMs)),
    time: (steps, repeats) => call((remote) => remote.time(steps, repeats)),
    close,
  };
}
