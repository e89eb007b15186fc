import type { LoadedKernels } from '../../src-worker/kernels/wasm';
import { compileWasm } from '../../src-worker/wasm-network';
import type { Peer } from '../contract';
import { compileRequest, openEngine } from './layerlab-engine';
import { openProduct } from './layerlab-product';
import { openReading } from './layerlab-reading';

/** The engine of the app: the same compiler, plan and kernels. `load` gets the kernels where it runs. */
export function layerlabPeer(title: string, load: () => Promise<LoadedKernels>): Peer {
  const simd = ({ relaxed }: LoadedKernels) => `wasm with ${relaxed ? 'relaxed ' : ''}SIMD`;
  return {
    title,
    async train(start) {
      const kernels = await load();
      const threads = { most: await kernels.startThreads(start.threads) };
      const network = compileWasm({ ...compileRequest(start), threads }, kernels);
      return openEngine(network, start, `${simd(kernels)}, ${network.precision}`);
    },
    async multiply(start) {
      const kernels = await load();
      return openProduct(kernels, start, `${simd(kernels)}, float32`);
    },
    read: (start) => Promise.resolve(openReading(start)),
  };
}
