import { ProblemError } from '../problem';
import { Crew, type StartHelper } from './crew';
import { kernelImports } from './imports';
import { KernelMemory } from './memory';

/**
 * The compiled kernels and the memories they run on. How the module's bytes come is the caller's business: a page streams
 * them from a URL, Node reads a file.
 */

/** Names of the two builds of src-worker/kernels/simd; see scripts/build-kernels.mjs. */
export type KernelFile = 'kernels.wasm' | 'kernels-relaxed.wasm';

/** Of x `[rows, channels, positions]`, and the channels to work on. */
type ChannelSizes = [rows: number, channels: number, positions: number, from: number, to: number];

/** What the module exports; addresses are in bytes. Each kernel is documented at its definition in simd/. */
export interface KernelExports {
  readonly heapBase: () => number;
  readonly crewBlock: () => number;
  readonly help: (part: number, ticket: number) => void;
  readonly runBatches: (program: number, first: number, count: number) => void;
  readonly product: (
    variant: number,
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    bias: number,
    scratch: number,
    part: number,
    parts: number,
  ) => void;
  readonly convolutionImage: (window: number, x: number, image: number, from: number, to: number) => void;
  readonly convolution: (
    window: number,
    image: number,
    W: number,
    b: number,
    z: number,
    from: number,
    to: number,
    scratch: number,
  ) => void;
  readonly convolutionWeights: (
    window: number,
    image: number,
    delta: number,
    dW: number,
    rows: number,
    from: number,
    to: number,
    scratch: number,
  ) => void;
  readonly convolutionWeightTiles: (window: number) => number;
  readonly convolutionBiases: (
    delta: number,
    db: number,
    rows: number,
    filters: number,
    positions: number,
    from: number,
    to: number,
  ) => void;
  readonly convolutionInput: (
    window: number,
    W: number,
    delta: number,
    dx: number,
    from: number,
    to: number,
    scratch: number,
  ) => void;
  readonly maxPool: (window: number, x: number, z: number, winners: number, from: number, to: number) => void;
  readonly maxPoolBackward: (
    window: number,
    winners: number,
    delta: number,
    dx: number,
    from: number,
    to: number,
  ) => void;
  readonly avgPool: (window: number, x: number, z: number, from: number, to: number) => void;
  readonly avgPoolBackward: (window: number, delta: number, dx: number, from: number, to: number) => void;
  readonly columnSums: (x: number, sum: number, rows: number, n: number, part: number, parts: number) => void;
  readonly gather: (source: number, order: number, first: number, rows: number, width: number, target: number) => void;
  readonly allFinite: (x: number, count: number) => number;
  readonly exp: (x: number, out: number, count: number) => void;
  readonly elementwise: (g: number, z: number, a: number, count: number) => void;
  readonly elementwiseBackward: (g: number, value: number, da: number, delta: number, count: number) => void;
  readonly dropout: (
    from: number,
    to: number,
    count: number,
    index: number,
    key: number,
    step: number,
    threshold: number,
    factor: number,
  ) => void;
  readonly batchStatistics: (x: number, mean: number, variance: number, ...sizes: ChannelSizes) => void;
  readonly batchNormalise: (
    x: number,
    z: number,
    mean: number,
    variance: number,
    gamma: number,
    beta: number,
    rows: number,
    channels: number,
    positions: number,
    epsilon: number,
    from: number,
    to: number,
  ) => void;
  readonly batchNormBackward: (
    x: number,
    mean: number,
    variance: number,
    gamma: number,
    delta: number,
    dgamma: number,
    dbeta: number,
    dx: number,
    rows: number,
    channels: number,
    positions: number,
    epsilon: number,
    from: number,
    to: number,
  ) => void;
  readonly runningAverage: (average: number, value: number, count: number, keep: number, take: number) => void;
  readonly softmax: (z: number, a: number, rows: number, n: number) => void;
  readonly softmaxBackward: (a: number, da: number, delta: number, rows: number, n: number) => void;
  readonly squaredLoss: (a: number, y: number, da: number, count: number) => number;
  readonly logisticLoss: (z: number, a: number, y: number, delta: number, count: number) => number;
  readonly crossEntropyLoss: (z: number, a: number, y: number, delta: number, rows: number, n: number) => number;
  readonly weightedSquaredLoss: (a: number, y: number, da: number, weights: number, rows: number, n: number) => number;
  readonly weightedLogisticLoss: WeightedLossOfZ;
  readonly weightedCrossEntropyLoss: WeightedLossOfZ;
  readonly prepareGradient: (
    W: number,
    sum: number,
    count: number,
    inverseRows: number,
    settings: number,
    decays: boolean,
  ) => void;
  readonly squareSumsOf: (count: number) => number;
  readonly squareSums: (x: number, count: number, sums: number, first: number, last: number) => void;
  readonly clipGradient: (sums: number, count: number, settings: number) => void;
  /** Updates say whether what they wrote is finite. */
  readonly sgd: (W: number, sum: number, count: number, scale: number, l2: number, settings: number) => number;
  readonly momentum: UpdateWithSlot;
  readonly nesterov: UpdateWithSlot;
  readonly rmsprop: UpdateWithSlot;
  readonly adam: (
    W: number,
    sum: number,
    v: number,
    s: number,
    count: number,
    scale: number,
    l2: number,
    settings: number,
    t: number,
    decays: boolean,
  ) => number;
}

type UpdateWithSlot = (
  W: number,
  sum: number,
  slot: number,
  count: number,
  scale: number,
  l2: number,
  settings: number,
) => number;

type WeightedLossOfZ = (
  z: number,
  a: number,
  y: number,
  delta: number,
  weights: number,
  rows: number,
  n: number,
) => number;

/** The kernels over one memory. */
export interface KernelInstance {
  readonly exports: KernelExports;
  readonly memory: KernelMemory;
  readonly crew: Crew;
}

/** The module, ready for any number of networks. */
export interface LoadedKernels {
  /** Whether products use the fused multiply-add of relaxed SIMD. */
  readonly relaxed: boolean;
  /**
   * Starts the helper threads that are missing; resolves with the threads there are, at most `wanted`, and 1 where the
   * platform gives none.
   */
  startThreads(wanted: number): Promise<number>;
  /**
   * Kernels over a memory of their own, until {@link release}. What the memory holds is unspecified.
   * @throws ProblemError where the system gives no memory
   */
  acquire(): KernelInstance;
  /** Takes back an instance that nobody uses any more: memory is expensive to reserve and cannot shrink. */
  release(instance: KernelInstance): void;
}

/** Instances that grew beyond this are dropped rather than kept for the next network. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;
const MOST_KEPT_INSTANCES = 2;

/**
 * Chooses the build that this machine can run, compiles it and hands out instances.
 *
 * @param compile     gives the compiled module of a file
 * @param startHelper starts a thread; null where there are none
 * @throws ProblemError where WebAssembly lacks SIMD or shared memory
 */
export async function loadKernels(
  compile: (file: KernelFile) => Promise<WebAssembly.Module>,
  startHelper: StartHelper | null,
): Promise<LoadedKernels> {
  const relaxed = supportsRelaxedSimd();
  const module = await compileSupported(compile, relaxed ? 'kernels-relaxed.wasm' : 'kernels.wasm');
  const crew = new Crew(module, startHelper);
  const idle: KernelInstance[] = [];
  return {
    relaxed,

    startThreads: (wanted) => crew.start(wanted),

    acquire() {
      const kept = idle.pop();
      if (kept !== undefined) return kept;
      const memory = new KernelMemory();
      const instance = new WebAssembly.Instance(module, kernelImports(memory.raw));
      return { exports: instance.exports as unknown as KernelExports, memory, crew };
    },

    release(instance) {
      if (idle.length < MOST_KEPT_INSTANCES && instance.memory.bytes <= MOST_KEPT_BYTES) idle.push(instance);
      else crew.leave(instance.memory);
    },
  };
}

async function compileSupported(
  compile: (file: KernelFile) => Promise<WebAssembly.Module>,
  file: KernelFile,
): Promise<WebAssembly.Module> {
  try {
    return await compile(file);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new ProblemError({
      code: 'kernels/unsupported',
      message: `The fast backend does not run here: ${error.message}`,
      hint: 'Use a browser or a Node of the last three years, or the reference backend.',
    });
  }
}

/** (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2))) */
const RELAXED_PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x85, 0x02, 0x0b],
);

function supportsRelaxedSimd(): boolean {
  return WebAssembly.validate(RELAXED_PROBE);
}
