import type { BuildInfo } from './api';
import type { CompiledNetwork, CompileRequest, Precision } from './engine';
import type { LoadedKernels } from './kernels/wasm';
import { compileReference } from './network';
import { compileWasm } from './wasm-network';

/** What turns a network into something that computes: the fast backend in the app, either one on the command line. */
export interface Engine {
  /** @throws ProblemError if a layer does not fit or there is not enough memory */
  compile(request: CompileRequest): Promise<CompiledNetwork>;
  /** Which instructions products use; known once something was compiled. */
  simd(): BuildInfo['simd'];
}

/** Plain loops in float64 or float32: the definition of correct. */
export function createReferenceEngine(precision: Precision): Engine {
  return {
    compile: (request) => Promise.resolve(compileReference(request, precision)),
    simd: () => 'none',
  };
}

/**
 * The fast backend.
 * @param load    fetches and compiles the kernels; called once, when the first network is compiled, and again after a failure
 * @param threads most threads to use
 */
export function createWasmEngine(load: () => Promise<LoadedKernels>, threads: number): Engine {
  let kernels: LoadedKernels | null = null;
  return {
    async compile(request) {
      kernels ??= await load();
      return compileWasm({ ...request, threads: { most: await kernels.startThreads(threads) } }, kernels);
    },
    simd: () => (kernels === null ? 'none' : kernels.relaxed ? 'relaxed-simd' : 'simd'),
  };
}
