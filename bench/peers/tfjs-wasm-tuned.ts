import { version_core } from '@tensorflow/tfjs-core';
import type { Peer } from '../contract';
import { openTfjs } from './tfjs';
import { byHand } from './tfjs-by-hand';
import { missingKernels } from './tfjs-wasm';
import { startWasmBackend } from './tfjs-wasm-backend';

export const tfjsWasmTuned: Peer = {
  title: `TensorFlow.js ${version_core} wasm, tuned by hand`,
  async train(start) {
    const platform = await startWasmBackend();
    return missingKernels(start) ?? openTfjs(start, byHand, platform);
  },
};
