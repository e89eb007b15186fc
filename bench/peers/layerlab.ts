import { loadKernelsInBrowser } from '../../src-worker/kernels/load-kernels-browser';
import { compileWasm } from '../../src-worker/wasm-network';
import type { Peer } from '../contract';
import { compileRequest, openEngine } from './layerlab-engine';

/** The engine of the app: the same compiler, plan and kernels. */
export const layerlab: Peer = {
  title: 'Layerlab',
  async open(start) {
    const kernels = await loadKernelsInBrowser();
    const network = compileWasm(compileRequest(start), kernels);
    const threads = `${network.threads} thread${network.threads === 1 ? '' : 's'}`;
    return openEngine(
      network,
      start,
      `wasm with ${kernels.relaxed ? 'relaxed ' : ''}SIMD, ${threads}, ${network.precision}`,
    );
  },
};
