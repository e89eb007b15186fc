import { readFile } from 'node:fs/promises';
import { startHelperOnNode } from '../../src-main/helper-node';
import { loadKernels, type LoadedKernels } from '../kernels/wasm';

let loading: Promise<LoadedKernels> | undefined;

/** The kernels for tests on Node, read from what scripts/build-kernels.mjs built. */
export function loadBuiltKernels(): Promise<LoadedKernels> {
  loading ??= loadKernels(async (file) => {
    const bytes = await readFile(new URL(`../kernels/build/${file}`, import.meta.url)).catch((cause: unknown) => {
      throw new Error(`${file} is not built; run node scripts/build-kernels.mjs first.`, { cause });
    });
    return WebAssembly.compile(bytes);
  }, startHelperOnNode);
  return loading;
}
