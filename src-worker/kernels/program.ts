import { CACHE_LINE_NUMBERS, COSTS, Instructions, perExample, type Dimension } from './instructions';
import {
  convolutionInputScratchBytes,
  convolutionScratchBytes,
  convolutionWeightsScratchBytes,
  productScratchBytes,
  squareSumsOf,
} from './scratch';
import * as op from './simd/opcodes';
import type { WindowWords } from './window-words';

/** C = initial + op(A) op(B); see simd/product.ts. Addresses in bytes, as everywhere in a program. */
export interface ProductArguments {
  readonly variant: 'NN' | 'NT' | 'TN';
  readonly m: Dimension;
  readonly n: Dimension;
  readonly k: Dimension;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** `[n]`, added to every row. */
  readonly bias?: number;
}

/** What a batch normalisation reads, by address: x `[batch, channels, positions]`, mean and variance `[channels]`. */
export interface NormalisedArrays {
  readonly x: number;
  readonly mean: number;
  readonly variance: number;
  readonly channels: number;
  readonly positions: number;
}

/** A float32 as the word that a program holds. */
function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}

/** The activations that work element by element, as the kernels number them. */
export const functions = {
  sigmoid: op.SIGMOID,
  tanh: op.TANH,
  relu: op.RELU,
  'leaky-relu': op.LEAKY_RELU,
  elu: op.ELU,
  gelu: op.GELU,
} as const;
export type ElementwiseKind = keyof typeof functions;

/** Parameters that lie side by side and are updated alike, by address. */
export interface UpdateBlock {
  readonly parameters: number;
  /** Σ over the examples of ∂L/∂parameter. */
  readonly gradients: number;
  /** In the order of the optimizer's slots. */
  readonly slots: readonly number[];
  readonly count: number;
  /** Whether λ applies: to weights, not to biases. */
  readonly decays: boolean;
}

const variants = { NN: op.NN, NT: op.NT, TN: op.TN } as const;

/**
 * Writes a program: a list of kernel calls with their arguments, which `runBatches` runs for batch after batch inside
 * WebAssembly. One method per instruction; every array has its address before its instruction is written.
 */
export class ProgramBuilder extends Instructions {
  /** Ends the run before the update if the loss so far is not finite. */
  checkLoss(): void {
    this.together(op.CHECK_LOSS);
  }

  /** Ends the run before the update if one of `count` numbers is not finite. */
  checkFinite(address: number, count: number): void {
    this.together(op.CHECK_FINITE, address, count);
    this.schedule.addWork(count * COSTS.pass, true);
  }

  /** The rows of the batch out of a part, `width` numbers each. */
  gather(source: number, width: number, target: number): void {
    this.divide(this.numbers(perExample(width)) * COSTS.copy, op.GATHER, source, width, target);
  }

  product({ variant, m, n, k, a, b, c, bias = 0 }: ProductArguments): void {
    const sizes = [m, n, k].map((size) => this.numbers(size)) as [number, number, number];
    const bytes = productScratchBytes(variants[variant], ...sizes);
    const work = sizes[0] * sizes[1] * sizes[2] * COSTS.multiplyAdd;
    this.divideWithScratch(bytes, work, op.PRODUCT, variants[variant], m, n, k, a, b, c, bias);
  }

  columnSums(x: number, sum: number, rows: Dimension, n: number): void {
    // Columns are divided by whole cache lines: narrow ones do not pay.
    const work = n < 2 * CACHE_LINE_NUMBERS ? 0 : this.numbers(rows) * n * COSTS.pass;
    this.divide(work, op.COLUMN_SUMS, x, sum, rows, n);
  }

  /** a = g(z), element by element. */
  elementwise(g: ElementwiseKind, z: number, a: number, count: Dimension): void {
    const cost = g.includes('relu') ? COSTS.pass : COSTS.exponential;
    this.divide(this.numbers(count) * cost, op.ELEMENTWISE, functions[g], z, a, count);
  }

  /** delta = da ∘ g′(z), from a, or from z for GELU; delta may be da. */
  elementwiseBackward(g: ElementwiseKind, value: number, da: number, delta: number, count: Dimension): void {
    const cost = g === 'gelu' ? COSTS.exponential : COSTS.pass;
    this.divide(this.numbers(count) * cost, op.ELEMENTWISE_BACKWARD, functions[g], value, da, delta, count);
  }

  softmax(z: number, a: number, rows: Dimension, n: number): void {
    this.divide(this.numbers(rows) * n * COSTS.exponential, op.SOFTMAX, z, a, rows, n);
  }

  softmaxBackward(a: number, da: number, delta: number, rows: Dimension, n: number): void {
    this.divide(this.numbers(rows) * n * 2 * COSTS.pass, op.SOFTMAX_BACKWARD, a, da, delta, rows, n);
  }

  /** to = from ∘ r with the mask of the running step; see layers/dropout-mask.ts. */
  dropout(from: number, to: number, count: Dimension, key: number, threshold: number, factor: number): void {
    const work = this.numbers(count) * COSTS.exponential;
    this.divide(work, op.DROPOUT, from, to, count, key, threshold, floatBits(factor));
  }

  /** z = γ x̂ + β. @param measures whether mean and variance are first taken over the batch, or read as they are */
  batchNorm(
    { x, mean, variance, channels, positions }: NormalisedArrays,
    z: number,
    gamma: number,
    beta: number,
    epsilon: number,
    measures: boolean,
  ): void {
    const last = [channels, positions, floatBits(epsilon), Number(measures)];
    const work = this.rows * channels * positions * COSTS.exponential;
    this.divide(work, op.BATCH_NORM, x, z, mean, variance, gamma, beta, ...last);
  }

  /** Sums over the batch for γ and β, and ∂L/∂x; `dx` 0 for none. */
  batchNormBackward(
    { x, mean, variance, channels, positions }: NormalisedArrays,
    gamma: number,
    delta: number,
    { dgamma, dbeta, dx }: { readonly dgamma: number; readonly dbeta: number; readonly dx: number },
    epsilon: number,
  ): void {
    const last = [channels, positions, floatBits(epsilon)];
    const work = this.rows * channels * positions * COSTS.exponential;
    this.divide(work, op.BATCH_NORM_BACKWARD, x, mean, variance, gamma, delta, dgamma, dbeta, dx, ...last);
  }

  /** average ← decay · average + (1 − decay) · value, unless value comes from a single number of each of `count` channels. */
  runningAverage(average: number, value: number, count: number, positions: number, decay: number): void {
    const weights = [floatBits(decay), floatBits(1 - decay)];
    this.divide(count * COSTS.pass, op.RUNNING_AVERAGE, average, value, count, perExample(positions), ...weights);
  }

  /** Adds to the batch's loss; `da` 0 for the loss alone. */
  squaredLoss(a: number, y: number, da: number, count: Dimension): void {
    this.alone(this.numbers(count) * COSTS.pass, op.SQUARED_LOSS, a, y, da, count);
  }

  logisticLoss(z: number, a: number, y: number, delta: number, count: Dimension): void {
    this.alone(this.numbers(count) * COSTS.exponential, op.LOGISTIC_LOSS, z, a, y, delta, count);
  }

  crossEntropyLoss(z: number, a: number, y: number, delta: number, rows: Dimension, n: number): void {
    const work = this.numbers(rows) * n * COSTS.exponential;
    this.alone(work, op.CROSS_ENTROPY_LOSS, z, a, y, delta, rows, n);
  }

  /** What a convolution reads instead of x; see simd/convolution-image.ts. */
  convolutionImage(window: WindowWords, x: number, image: number): void {
    const { words } = window;
    const numbers = this.rows * valueOf(words, op.WINDOW_CHANNELS) * valueOf(words, op.WINDOW_IMAGE_HEIGHT);
    const work = numbers * valueOf(words, op.WINDOW_IMAGE_ROW) * COSTS.copy;
    this.divide(work, op.CONVOLUTION_IMAGE, x, image, ...words);
  }

  /** z = b + W ∗ x. */
  convolution({ words }: WindowWords, image: number, W: number, b: number, z: number): void {
    const bytes = convolutionScratchBytes(valueOf(words, op.WINDOW_FILTERS), tapsOf(words));
    this.divideWithScratch(bytes, this.convolutionWork(words), op.CONVOLUTION, image, W, b, z, ...words);
  }

  /** dW and db, summed over the batch. */
  convolutionGradients({ words }: WindowWords, image: number, delta: number, dW: number, db: number): void {
    const bytes = convolutionWeightsScratchBytes(tapsOf(words));
    this.divideWithScratch(bytes, this.convolutionWork(words), op.CONVOLUTION_WEIGHTS, image, delta, dW, ...words);
    const positions = valueOf(words, op.WINDOW_OUT_HEIGHT) * valueOf(words, op.WINDOW_OUT_WIDTH);
    const filters = valueOf(words, op.WINDOW_FILTERS);
    this.divide(this.rows * filters * positions * COSTS.pass, op.CONVOLUTION_BIASES, delta, db, filters, positions);
  }

  /** dx of a convolution. */
  convolutionInput({ words }: WindowWords, W: number, delta: number, dx: number): void {
    const bytes = convolutionInputScratchBytes(
      valueOf(words, op.WINDOW_CHANNELS),
      valueOf(words, op.WINDOW_WIDTH),
      valueOf(words, op.WINDOW_PAD_LEFT),
      valueOf(words, op.WINDOW_FILTERS),
      valueOf(words, op.WINDOW_KERNEL_HEIGHT),
      valueOf(words, op.WINDOW_KERNEL_WIDTH),
      valueOf(words, op.WINDOW_OUT_WIDTH),
    );
    this.divideWithScratch(bytes, this.convolutionWork(words), op.CONVOLUTION_INPUT, W, delta, dx, ...words);
  }

  /** @param winners 0 where nobody goes back */
  maxPool({ words }: WindowWords, x: number, z: number, winners: number): void {
    this.divide(this.poolWork(words), op.MAX_POOL, x, z, winners, ...words);
  }

  maxPoolBackward({ words }: WindowWords, winners: number, delta: number, dx: number): void {
    this.divide(this.poolWork(words), op.MAX_POOL_BACKWARD, winners, delta, dx, ...words);
  }

  avgPool({ words }: WindowWords, x: number, z: number): void {
    this.divide(this.poolWork(words), op.AVG_POOL, x, z, ...words);
  }

  avgPoolBackward({ words }: WindowWords, delta: number, dx: number): void {
    this.divide(this.poolWork(words), op.AVG_POOL_BACKWARD, delta, dx, ...words);
  }

  /** The losses with a weight for each example at `weights`; always with their delta. */
  weightedSquaredLoss(a: number, y: number, da: number, weights: number, rows: Dimension, n: number): void {
    this.alone(this.numbers(rows) * n * COSTS.pass, op.WEIGHTED_SQUARED_LOSS, a, y, da, weights, rows, n);
  }

  weightedLogisticLoss(
    z: number,
    a: number,
    y: number,
    delta: number,
    weights: number,
    rows: Dimension,
    n: number,
  ): void {
    this.alone(this.numbers(rows) * n * COSTS.exponential, op.WEIGHTED_LOGISTIC_LOSS, z, a, y, delta, weights, rows, n);
  }

  weightedCrossEntropyLoss(
    z: number,
    a: number,
    y: number,
    delta: number,
    weights: number,
    rows: Dimension,
    n: number,
  ): void {
    this.alone(
      this.numbers(rows) * n * COSTS.exponential,
      op.WEIGHTED_CROSS_ENTROPY_LOSS,
      z,
      a,
      y,
      delta,
      weights,
      rows,
      n,
    );
  }

  /** Runs what `emit` writes only where the settings say that the gradient is to be prepared. */
  whenPrepared(settings: number, emit: () => void): void {
    // All parts jump or none, and nothing has to be waited for.
    this.code.push(op.UNLESS_PREPARED, 4 | op.DIVIDED, settings, 0);
    const from = this.code.length;
    this.schedule.perhaps(emit);
    this.code[from - 1] = this.code.length - from;
  }

  /** Makes the gradient of the cost out of the sum over the batch. */
  prepareGradient({ parameters, gradients, count, decays }: UpdateBlock, settings: number): void {
    this.divide(count * COSTS.update, op.PREPARE_GRADIENT, parameters, gradients, count, settings, Number(decays));
  }

  /** The gradient's norm, and what clipping leaves of it, out of {@link squareSumsOf} sums in float64 at `sums`. */
  clipGradient(blocks: readonly UpdateBlock[], sums: number, settings: number): void {
    let from = 0;
    this.independently(() => {
      for (const { gradients, count } of blocks) {
        this.divide(count * COSTS.pass, op.SQUARE_SUMS, gradients, count, sums + 8 * from);
        from += squareSumsOf(count);
      }
    });
    this.alone(from, op.CLIP_GRADIENT, sums, from, settings);
  }

  sgd({ parameters, gradients, count, decays }: UpdateBlock, settings: number): void {
    this.divide(count * COSTS.update, op.SGD, parameters, gradients, count, settings, Number(decays));
  }

  /** An update with one array of its own. */
  updateWithSlot(rule: 'momentum' | 'nesterov' | 'rmsprop', block: UpdateBlock, settings: number): void {
    const { parameters, gradients, slots, count, decays } = block;
    const opcode = { momentum: op.MOMENTUM, nesterov: op.NESTEROV, rmsprop: op.RMSPROP }[rule];
    this.divide(count * COSTS.update, opcode, parameters, gradients, slots[0]!, count, settings, Number(decays));
  }

  /** @param decoupled whether the weight decay of AdamW acts beside the gradient */
  adam(
    { parameters, gradients, slots: [v, s], count, decays }: UpdateBlock,
    settings: number,
    decoupled: boolean,
  ): void {
    const shrinks = Number(decoupled && decays);
    this.divide(
      count * 2 * COSTS.update,
      op.ADAM,
      parameters,
      gradients,
      v!,
      s!,
      count,
      settings,
      Number(decays),
      shrinks,
    );
  }

  /** Ends the run behind an update that wrote what is not finite. */
  checkUpdate(): void {
    this.together(op.CHECK_UPDATE);
  }

  private convolutionWork(words: WindowWords['words']): number {
    const positions = valueOf(words, op.WINDOW_OUT_HEIGHT) * valueOf(words, op.WINDOW_OUT_WIDTH);
    return this.rows * valueOf(words, op.WINDOW_FILTERS) * positions * tapsOf(words) * COSTS.multiplyAdd;
  }

  private poolWork(words: WindowWords['words']): number {
    const positions = valueOf(words, op.WINDOW_OUT_HEIGHT) * valueOf(words, op.WINDOW_OUT_WIDTH);
    return this.rows * positions * tapsOf(words) * COSTS.pass;
  }
}

/** One word of a window, by its offset in bytes. */
function valueOf(words: WindowWords['words'], offset: number): number {
  return words[offset / 4]!;
}

/** Weights of one filter. */
function tapsOf(words: WindowWords['words']): number {
  const [height, width] = [valueOf(words, op.WINDOW_KERNEL_HEIGHT), valueOf(words, op.WINDOW_KERNEL_WIDTH)];
  return valueOf(words, op.WINDOW_CHANNELS) * height * width;
}
