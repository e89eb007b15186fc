import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constrainedMemory, memoryUsage } from 'node:process';
import type { BackendKind } from '../../src-worker/api';
import { createReferenceEngine, createWasmEngine, type Engine } from '../../src-worker/engines';
import type { MemoryLimit } from '../../src-worker/footprint';
import { loadKernels } from '../../src-worker/kernels/wasm';
import { ProblemError } from '../../src-worker/problem';
import { startHelperOnNode } from '../helper-node';

/** The backends that `--backend` names, in the order of the usage. */
export const BACKENDS = ['wasm', 'reference'] as const satisfies readonly BackendKind[];

/** Where the kernels lie: beside the built command line, or where they are compiled to when it runs from its sources. */
const FOLDERS = ['kernels', '../../src-worker/kernels/build'];

/** Threads without `--threads`: more would seldom be faster. */
const MOST_THREADS = 8;

/**
 * The reference computes in float64, so that there is something to compare with; wasm in float32.
 * @param threads most threads to use; without it as many as the machine has, up to 8
 */
export function createEngine(backend: BackendKind, threads = Math.min(availableParallelism(), MOST_THREADS)): Engine {
  return backend === 'reference'
    ? createReferenceEngine('float64', freeMemory)
    : createWasmEngine(loadKernelsFromDisk, threads, freeMemory);
}

/** What is free, or what a container leaves of it. */
function freeMemory(): readonly MemoryLimit[] {
  // Without a limit some systems say 0, others more than there is of anything.
  const limit = constrainedMemory();
  const left = limit > 0 ? limit - memoryUsage.rss() : Infinity;
  const bytes = Math.min(freemem(), left);
  // 0 is what is said where nobody knows.
  return bytes > 0 ? [{ bytes, whole: true, describe: (size) => `this machine has ${size} free` }] : [];
}

function loadKernelsFromDisk() {
  const here = dirname(fileURLToPath(import.meta.url));
  return loadKernels(async (file) => {
    const path = FOLDERS.map((folder) => join(here, folder, file)).find((candidate) => existsSync(candidate));
    if (path === undefined) {
      throw new ProblemError({
        code: 'cli/no-kernels',
        message: `The fast backend is not built: ${file} is missing.`,
        hint: 'Run "npm run build", or use --backend reference.',
        file,
      });
    }
    return WebAssembly.compile(await readFile(path));
  }, startHelperOnNode);
}
