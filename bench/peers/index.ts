import type { Peer } from '../contract';

/**
 * Every peer that runs in the page, ourselves first. Each is loaded only in its own worker, so that none shares a heap or
 * a compiled function with another. To add one: its file and its line here.
 */
export const pagePeers: Readonly<Record<string, () => Promise<Peer>>> = {
  layerlab: async () => {
    const [{ layerlabPeer }, { loadKernelsInBrowser }] = await Promise.all([
      import('./layerlab'),
      import('../../src-worker/kernels/load-kernels-browser'),
    ]);
    return layerlabPeer('Layerlab', loadKernelsInBrowser);
  },
  'tfjs-wasm': () => import('./tfjs-wasm').then((module) => module.tfjsWasm),
  'tfjs-wasm-tuned': () => import('./tfjs-wasm-tuned').then((module) => module.tfjsWasmTuned),
  'tfjs-cpu': () => import('./tfjs-cpu').then((module) => module.tfjsCpu),
  convnetjs: () => import('./convnetjs').then((module) => module.convnetjsPeer),
  papaparse: () => import('./papaparse').then((module) => module.papaparsePeer),
  'layerlab-reference': () => import('./layerlab-reference').then((module) => module.layerlabReference),
};
