import { getKernel, version_core } from '@tensorflow/tfjs-core';
import type { Cannot, Peer, TrainingStart } from '../contract';
import { openTfjs } from './tfjs';
import { automatic } from './tfjs-automatic';
import { multiplyWithTfjs } from './tfjs-product';
import { startWasmBackend } from './tfjs-wasm-backend';

/** What a step of a convolutional network needs beyond a dense one. */
const CONVOLUTION_KERNELS = ['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'MaxPool', 'MaxPoolGrad'];

/** Null where its wasm backend has every kernel that training this workload takes. */
export function missingKernels({ workload }: TrainingStart): Cannot | null {
  if (workload.layers.every(({ kind }) => kind === 'dense')) return null;
  const missing = CONVOLUTION_KERNELS.filter((name) => getKernel(name, 'wasm') === undefined);
  return missing.length === 0 ? null : { cannot: `its wasm backend has no ${missing.join(' and no ')}` };
}

export const tfjsWasm: Peer = {
  title: `TensorFlow.js ${version_core} wasm`,
  async train(start) {
    const platform = await startWasmBackend();
    return missingKernels(start) ?? openTfjs(start, automatic, platform);
  },
  multiply: async (start) => multiplyWithTfjs(start, await startWasmBackend()),
};
