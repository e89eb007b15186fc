/**
 * The words that a compiled program is made of. Plain constants without type annotations, so that AssemblyScript (which runs
 * programs) and TypeScript (which writes them) read the same file. See ../program.ts for what each instruction means.
 *
 * An instruction is `[opcode, words | flags, …arguments]`, 32 bits each; `words` counts the whole instruction. A dimension
 * that is negative stands for that many times the examples of the running batch: -1 is the batch, -25 is 25 rows of each example.
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
export const NESTEROV = 19;
export const RMSPROP = 20;
export const ADAM = 21;
/** Jumps over what prepares the gradient for its update, where SETTING_PREPARES says that nothing is to be prepared. */
export const UNLESS_PREPARED = 22;
export const PREPARE_GRADIENT = 23;
export const SQUARE_SUMS = 24;
export const CLIP_GRADIENT = 25;
export const CHECK_UPDATE = 26;
export const WEIGHTED_SQUARED_LOSS = 27;
export const WEIGHTED_LOGISTIC_LOSS = 28;
export const WEIGHTED_CROSS_ENTROPY_LOSS = 29;
export const DROPOUT = 30;
export const BATCH_NORM = 31;
export const BATCH_NORM_BACKWARD = 32;
export const RUNNING_AVERAGE = 33;
export const CONVOLUTION_IMAGE = 40;
export const CONVOLUTION = 41;
export const CONVOLUTION_WEIGHTS = 42;
export const CONVOLUTION_BIASES = 43;
export const CONVOLUTION_INPUT = 44;
export const MAX_POOL = 45;
export const MAX_POOL_BACKWARD = 46;
export const AVG_POOL = 47;
export const AVG_POOL_BACKWARD = 48;

/** Flags beside the number of words. Every part does its share of the instruction; without it, part 0 does all. */
export const DIVIDED = 0x10000;
/** All parts wait for one another before it. */
export const BARRIER = 0x20000;
export const WORDS_MASK = 0xffff;

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

/** Description of a sliding window among the arguments of an instruction, in bytes from its start; see layers/window.ts. */
export const WINDOW_CHANNELS = 0;
export const WINDOW_HEIGHT = 4;
export const WINDOW_WIDTH = 8;
/** Channels of the output: those of the input for a pool. */
export const WINDOW_FILTERS = 12;
export const WINDOW_KERNEL_HEIGHT = 16;
export const WINDOW_KERNEL_WIDTH = 20;
export const WINDOW_STRIDE_HEIGHT = 24;
export const WINDOW_STRIDE_WIDTH = 28;
export const WINDOW_PAD_TOP = 32;
export const WINDOW_PAD_LEFT = 36;
export const WINDOW_OUT_HEIGHT = 40;
export const WINDOW_OUT_WIDTH = 44;
/** Numbers in a row, and rows, of the image as a convolution reads it; see simd/convolution-image.ts. */
export const WINDOW_IMAGE_ROW = 48;
export const WINDOW_IMAGE_HEIGHT = 52;
export const WINDOW_WORDS = 14;

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
/** Updates made since the optimizer's arrays were 0; counted up with the step. */
export const HEADER_TIME = 44;
/** Becomes 1 where an update wrote what is not finite. */
export const HEADER_SPOILED = 48;
/** Parts that the program runs in, and the bytes of scratch of each. */
export const HEADER_PARTS = 52;
export const HEADER_SCRATCH_BYTES = 56;
export const HEADER_BYTES = 64;

/** What the threads of a memory share, in bytes from `crewBlock()`; see simd/crew.ts. Calls are numbered by even tickets. */
export const CREW_TICKET = 0;
export const CREW_SLEEPERS = 4;
export const CREW_ARRIVED = 64;
export const CREW_PHASE = 128;
export const CREW_PHASE_SLEEPERS = 132;
/** The call that ended early. */
export const CREW_STOPPED = 192;
/** Helpers that wait for calls or run one. */
export const CREW_JOINED = 256;
/** The call; program 0 sends the helpers away. */
export const CREW_PROGRAM = 260;
export const CREW_FIRST = 264;
export const CREW_COUNT = 268;
export const CREW_PARTS = 272;
export const CREW_BYTES = 320;

/** Where a gather finds its rows, in bytes: rows of floats, or of bytes with an offset and a scale per channel. */
export const SOURCE_ROWS = 0;
/** Zero for floats, otherwise the channels of a row of bytes. */
export const SOURCE_CHANNELS = 4;
export const SOURCE_OFFSET = 8;
export const SOURCE_SCALE = 12;
export const SOURCE_BYTES = 16;

/** Settings of the update as f32 cells where nothing else is said, in bytes: writing one changes the next update. */
export const SETTING_L2 = 0;
export const SETTING_LEARNING_RATE = 4;
/** β of the notes, μ, ρ or β₁: the memory of an optimizer's first array. */
export const SETTING_BETA = 8;
/** What the news count: 1 − β rounded once from float64, or 1 for a sum in place of an average. */
export const SETTING_ONE_MINUS_BETA = 12;
export const SETTING_L1 = 16;
export const SETTING_BETA_2 = 20;
export const SETTING_ONE_MINUS_BETA_2 = 24;
export const SETTING_EPSILON = 28;
export const SETTING_WEIGHT_DECAY = 32;
/** Longest gradient; 0 for any. */
export const SETTING_CLIP_NORM = 36;
/** i32: whether the gradient is prepared in passes of its own before the update. */
export const SETTING_PREPARES = 40;
/** Written by CLIP_GRADIENT: what a prepared gradient is multiplied by. */
export const SETTING_SCALE = 44;
/** f64: β₁ and β₂ as they were given. */
export const SETTING_EXACT_BETA = 48;
export const SETTING_EXACT_BETA_2 = 56;
/** f64, written by CLIP_GRADIENT. */
export const SETTING_GRADIENT_NORM = 64;
export const SETTINGS_BYTES = 72;
