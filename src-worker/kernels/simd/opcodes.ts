/**
 * The words that a compiled program is made of. Plain constants without type annotations, so that AssemblyScript (which runs
 * programs) and TypeScript (which writes them) read the same file. See ../program.ts for what each instruction means.
 *
 * An instruction is `[opcode, words, …arguments]`, 32 bits each; `words` counts the whole instruction. A dimension that is
 * negative stands for that many times the examples of the running batch: -1 is the batch, -25 is 25 rows of each example.
 */
export const END = 0;
export const CHECK_LOSS = 1;
export const CHECK_FINITE = 2;
export const GATHER = 3;
export const PRODUCT = 4;
export const COLUMN_SUMS = 5;
export const ELEMENTWISE = 6;
export const ELEMENTWISE_BACKWARD = 7;
export const SOFTMAX = 12;
export const SOFTMAX_BACKWARD = 13;
export const SQUARED_LOSS = 14;
export const LOGISTIC_LOSS = 15;
export const CROSS_ENTROPY_LOSS = 16;
export const SGD = 17;
export const MOMENTUM = 18;
export const DROPOUT = 40;
export const BATCH_NORM = 41;
export const BATCH_NORM_BACKWARD = 42;
export const RUNNING_AVERAGE = 43;

/** A · B, A · Bᵀ and Aᵀ · B: the letters say whether each operand is used as it lies (N) or transposed (T). */
export const NN = 0;
export const NT = 1;
export const TN = 2;

/** Functions that work element by element; see elementwise.ts. */
export const SIGMOID = 0;
export const TANH = 1;
export const RELU = 2;
export const LEAKY_RELU = 3;
export const ELU = 4;
export const GELU = 5;

/** Header of a program, in bytes from its start: what it runs over, then what the last run said. */
export const HEADER_EXAMPLES = 0;
export const HEADER_BATCH_SIZE = 4;
/** Address of the order of the examples (u32 each), or 0 to take them as they lie. */
export const HEADER_ORDER = 8;
/** Address of the first instruction. */
export const HEADER_CODE = 12;
export const HEADER_BATCHES_DONE = 16;
export const HEADER_FINITE = 20;
/** f64. */
export const HEADER_LOSS_SUM = 24;
/** f64: the loss of the last batch that was begun, finite or not. */
export const HEADER_LAST_LOSS = 32;
/** Updates made since the initial weights; counted up after every batch. */
export const HEADER_STEP = 40;
export const HEADER_BYTES = 48;

/** Where a gather finds its rows, in bytes: rows of floats, or of bytes with an offset and a scale per channel. */
export const SOURCE_ROWS = 0;
/** Zero for floats, otherwise the channels of a row of bytes. */
export const SOURCE_CHANNELS = 4;
export const SOURCE_OFFSET = 8;
export const SOURCE_SCALE = 12;
export const SOURCE_BYTES = 16;

/** Settings of the update as f32 cells, in bytes: writing one changes the next update. */
export const SETTING_L2 = 0;
export const SETTING_LEARNING_RATE = 4;
export const SETTING_BETA = 8;
/** 1 − β, rounded once from float64. */
export const SETTING_ONE_MINUS_BETA = 12;
export const SETTINGS_BYTES = 16;
