import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Platform } from '../contract';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

/** Starts the wasm backend as it comes: with SIMD, and a thread for every two cores that the browser reports. Says what it took. */
export async function startWasmBackend(): Promise<Platform> {
  const absolute = (url: string) => new URL(url, location.origin).href;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': absolute(plain),
    'tfjs-backend-wasm-simd.wasm': absolute(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(threadedSimd),
  });
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js could not start its wasm backend.');
  const withSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const withThreads = await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  const threads = withThreads ? getThreadsCount() : 1;
  return { about: `wasm${withSimd ? ' with SIMD' : ''}, float32`, threads };
}
