import type { BuildInfo } from './api';
import type { CompiledNetwork, CompileRequest, Precision } from './engine';
import { MOST_BYTES } from './kernels/memory';
import type { LoadedKernels } from './kernels/wasm';
import type { ExampleCounts, Footprint, MemoryLimit } from './footprint';
import { wasmFootprint } from './kernels/footprint';
import { compileReference } from './network';
import { referenceFootprint } from './reference-footprint';
import { compileWasm } from './wasm-network';

/** What turns a network into something that computes: the fast backend in the app, either one on the command line. */
export interface Engine {
  /** @throws ProblemError if a layer does not fit or there is not enough memory */
  compile(request: CompileRequest): Promise<CompiledNetwork>;
  /**
   * What {@link compile} and the examples will take.
   * @throws ProblemError if a layer does not fit
   */
  footprint(request: CompileRequest, examples: ExampleCounts): Footprint;
  /** What there is for it, the narrowest first. */
  memoryLimits(): readonly MemoryLimit[];
  /** Which instructions products use; known once something was compiled. */
  simd(): BuildInfo['simd'];
}

/** What the machine can give now, as far as it says so. */
export type MachineMemory = () => readonly MemoryLimit[];

const unknownMemory: MachineMemory = () => [];

/** All that 32-bit addresses reach. */
const WASM_LIMIT: MemoryLimit = {
  bytes: MOST_BYTES,
  whole: false,
  describe: (size) => `WebAssembly gives at most ${size}`,
};

/** Plain loops in float64 or float32: the definition of correct. */
export function createReferenceEngine(precision: Precision, machine: MachineMemory = unknownMemory): Engine {
  return {
    compile: (request) => Promise.resolve(compileReference(request, precision)),
    footprint: (request, examples) => referenceFootprint(request, examples, precision),
    memoryLimits: () => machine(),
    simd: () => 'none',
  };
}

/**
 * The fast backend.
 * @param load    fetches and compiles the kernels; called once, when the first network is compiled, and again after a failure
 * @param threads most threads to use; only those are started that a network is worth
 */
export function createWasmEngine(
  load: () => Promise<LoadedKernels>,
  threads: number,
  machine: MachineMemory = unknownMemory,
): Engine {
  let kernels: LoadedKernels | null = null;
  const most = { most: threads };
  return {
    async compile(request) {
      kernels ??= await load();
      const { batchSize } = request.training;
      const counts = { train: batchSize, dev: 0, test: 0 };
      const worth = wasmFootprint({ ...request, threads: most }, { counts, images: false, weighted: false }).threads;
      const started = worth > 1 ? await kernels.startThreads(worth) : 1;
      return compileWasm({ ...request, threads: { most: started } }, kernels);
    },
    footprint: (request, examples) => wasmFootprint({ ...request, threads: most }, examples),
    memoryLimits: () => [WASM_LIMIT, ...machine()],
    simd: () => (kernels === null ? 'none' : kernels.relaxed ? 'relaxed-simd' : 'simd'),
  };
}
