import { version_core } from '@tensorflow/tfjs-core';
import type { Peer } from '../contract';
import { openTfjs } from './tfjs';
import { automatic } from './tfjs-automatic';
import { startWasmBackend } from './tfjs-wasm-backend';

export const tfjsWasm: Peer = {
  title: `TensorFlow.js ${version_core} wasm`,
  open: async (start) => openTfjs(start, automatic, await startWasmBackend()),
};
