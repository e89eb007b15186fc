import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendKind } from '../../src-worker/api';
import { createReferenceEngine, createWasmEngine, type Engine } from '../../src-worker/engines';
import { loadKernels } from '../../src-worker/kernels/wasm';
import { ProblemError } from '../../src-worker/problem';

/** The backends that `--backend` names, in the order of the usage. */
export const BACKENDS = ['wasm', 'reference'] as const satisfies readonly BackendKind[];

/** Where the kernels lie: beside the built command line, or where they are compiled to when it runs from its sources. */
const FOLDERS = ['kernels', '../../src-worker/kernels/build'];

/** The reference computes in float64, so that there is something to compare with; wasm in float32. */
export function createEngine(backend: BackendKind): Engine {
  return backend === 'reference' ? createReferenceEngine('float64') : createWasmEngine(loadKernelsFromDisk);
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
  });
}
