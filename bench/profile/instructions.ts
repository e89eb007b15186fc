import * as op from '../../src-worker/kernels/simd/opcodes';

const VARIANTS: Readonly<Record<number, string>> = { [op.NN]: 'NN', [op.NT]: 'NT', [op.TN]: 'TN' };

/** What a person calls an instruction, by opcode. */
const names: Readonly<Record<number, string>> = {
  [op.CHECK_LOSS]: 'check the loss',
  [op.CHECK_FINITE]: 'check the gradient',
  [op.GATHER]: 'gather the batch',
  [op.PRODUCT]: 'product',
  [op.COLUMN_SUMS]: 'column sums',
  [op.ELEMENTWISE]: 'activation',
  [op.ELEMENTWISE_BACKWARD]: 'activation, back',
  [op.SOFTMAX]: 'softmax',
  [op.SOFTMAX_BACKWARD]: 'softmax, back',
  [op.SQUARED_LOSS]: 'squared loss',
  [op.LOGISTIC_LOSS]: 'logistic loss',
  [op.CROSS_ENTROPY_LOSS]: 'cross-entropy',
  [op.SGD]: 'update, SGD',
  [op.MOMENTUM]: 'update, momentum',
  [op.UNLESS_PREPARED]: 'jump',
  [op.CHECK_UPDATE]: 'check the update',
  [op.CONVOLUTION_IMAGE]: 'image for the convolution',
  [op.CONVOLUTION]: 'convolution',
  [op.CONVOLUTION_WEIGHTS]: 'convolution, dW',
  [op.CONVOLUTION_BIASES]: 'convolution, db',
  [op.CONVOLUTION_INPUT]: 'convolution, dx',
  [op.MAX_POOL]: 'max-pool',
  [op.MAX_POOL_BACKWARD]: 'max-pool, back',
};

export interface NamedInstruction {
  readonly name: string;
  /** Multiplications and additions; 0 where it is not a matter of these. */
  readonly flops: number;
}

/** Where the window stands among the arguments of an instruction that has one. */
const windowAt: Readonly<Record<number, number>> = {
  [op.CONVOLUTION]: 4,
  [op.CONVOLUTION_WEIGHTS]: 3,
  [op.CONVOLUTION_INPUT]: 3,
};

/** @param words the whole instruction; @param rows examples of the batch */
export function nameInstruction(words: Uint32Array, rows: number): NamedInstruction {
  const opcode = words[0]!;
  const name = names[opcode] ?? `instruction ${opcode}`;
  const argument = (index: number): number => words[index + 2]! | 0;
  if (opcode === op.PRODUCT) {
    const [m, n, k] = [1, 2, 3].map((index) => {
      const size = argument(index);
      return size < 0 ? -size * rows : size;
    }) as [number, number, number];
    return { name: `${name} ${VARIANTS[argument(0)]} ${m} × ${k} × ${n}`, flops: 2 * m * n * k };
  }
  const window = windowAt[opcode];
  if (window === undefined) return { name, flops: 0 };
  const of = (offset: number): number => argument(window + offset / 4);
  const [channels, filters] = [of(op.WINDOW_CHANNELS), of(op.WINDOW_FILTERS)];
  const [height, width] = [of(op.WINDOW_KERNEL_HEIGHT), of(op.WINDOW_KERNEL_WIDTH)];
  const positions = of(op.WINDOW_OUT_HEIGHT) * of(op.WINDOW_OUT_WIDTH);
  return {
    name: `${name} ${channels} × ${height} × ${width} × ${filters}`,
    flops: 2 * rows * positions * channels * height * width * filters,
  };
}
