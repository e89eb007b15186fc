import { version_core } from '@tensorflow/tfjs-core';
import type { Peer } from '../contract';
import { openTfjs } from './tfjs';
import { byHand } from './tfjs-by-hand';
import { startWasmBackend } from './tfjs-wasm-backend';

export const tfjsWasmTuned: Peer = {
  title: `TensorFlow.js ${version_core} wasm, tuned by hand`,
  open: async (start) => openTfjs(start, byHand, await startWasmBackend()),
};
