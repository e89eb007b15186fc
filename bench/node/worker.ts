import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { startHelperOnNode } from '../../src-main/helper-node';
import { loadKernels } from '../../src-worker/kernels/wasm';
import { createHost } from '../host';
import { layerlabPeer } from '../peers/layerlab';

const { root } = workerData as { readonly root: string };

const load = () =>
  loadKernels(
    async (file) => WebAssembly.compile(await readFile(join(root, 'src-worker/kernels/build', file))),
    startHelperOnNode,
  );

/** Our engine as the command line runs it. */
expose(
  createHost({ layerlab: () => Promise.resolve(layerlabPeer('Layerlab on Node', load)) }),
  nodeEndpoint(parentPort!),
);
