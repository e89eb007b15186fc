import { describe } from 'vitest';
import type { CompiledNetwork, CompileRequest, Precision } from '../engine';
import { compileReference } from '../network';
import { compileWasm } from '../wasm-network';
import { loadBuiltKernels } from './load-kernels';

/** A backend as the shared suites see it. */
export interface Backend {
  readonly name: string;
  readonly precision: Precision;
  /** Largest relative error that its precision explains, see {@link relativeError}; float32 keeps about seven digits. */
  readonly tolerance: number;
  readonly compile: (request: CompileRequest) => Promise<CompiledNetwork>;
}

/** Every backend of the engine; a suite that runs over them holds for all. */
export const backends: readonly Backend[] = [
  {
    name: 'reference float64',
    precision: 'float64',
    tolerance: 1e-9,
    compile: (request) => Promise.resolve(compileReference(request, 'float64')),
  },
  {
    name: 'reference float32',
    precision: 'float32',
    tolerance: 1e-5,
    compile: (request) => Promise.resolve(compileReference(request, 'float32')),
  },
  {
    name: 'wasm float32',
    precision: 'float32',
    tolerance: 1e-5,
    compile: async (request) => compileWasm(request, await loadBuiltKernels()),
  },
];

/** Runs a suite of {@link CompiledNetwork} on every backend. */
export function describeEachBackend(title: string, suite: (backend: Backend) => void): void {
  describe.each(backends)(`${title} ($name)`, suite);
}
