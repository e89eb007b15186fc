import { avgPool, avgPoolBackward } from './avg-pool';
import { batchNormalise, batchStatistics } from './batch-norm';
import { batchNormBackward } from './batch-norm-backward';
import { columnSums } from './column-sums';
import { convolution } from './convolution';
import { convolutionImage } from './convolution-image';
import { convolutionInput } from './convolution-input';
import { convolutionBiases, convolutionWeights, convolutionWeightTiles } from './convolution-weights';
import { dropout } from './dropout';
import { elementwise, elementwiseBackward } from './elementwise';
import * as crew from './crew';
import { allFinite } from './finite';
import { gather } from './gather';
import { crossEntropyLoss, logisticLoss, squaredLoss } from './losses';
import { maxPool, maxPoolBackward } from './max-pool';
import * as op from './opcodes';
import { clipGradient, prepareGradient, squareSums, squareSumsOf } from './gradient';
import { adam, momentum, nesterov, rmsprop, sgd } from './optimizers';
import { product } from './product';
import { runningAverage } from './running-average';
import { softmax, softmaxBackward } from './softmax';
import { weightedCrossEntropyLoss, weightedLogisticLoss, weightedSquaredLoss } from './weighted-losses';
import { numberOf, rowOf } from './shares';
import { Window } from './window';

/**
 * Runs a program over `count` mini-batches beginning with number `first`: every kernel of every batch in one call from
 * JavaScript. Batch k is the examples k·B … min((k + 1)·B, m) of the order. The header says afterwards how many batches were
 * done, the sum of their losses (Σ over examples) and whether all was finite; after a loss or gradient that was not, the run
 * stops before its update, after an update that was not, behind it. Where the program runs in parts, their helpers must have
 * joined. Keeps no state outside the memory.
 */
export function runBatches(program: usize, first: i32, count: i32): void {
  const parts = load<i32>(program, op.HEADER_PARTS);
  runPart(program, first, count, 0, parts, parts > 1 ? crew.call(program, first, count, parts) : 0);
}

/**
 * What a helper does until it is sent away: part `part` of every call after the one numbered `ticket` that has so many.
 */
export function help(part: i32, ticket: i32): void {
  crew.count(1);
  const block = crew.crewBlock();
  while (true) {
    const next = crew.awaitCall(ticket);
    const program = <usize>atomic.load<u32>(block, op.CREW_PROGRAM);
    const first = atomic.load<i32>(block, op.CREW_FIRST);
    const count = atomic.load<i32>(block, op.CREW_COUNT);
    const parts = atomic.load<i32>(block, op.CREW_PARTS);
    if (!crew.isLatest(next)) continue;
    ticket = next;
    if (program == 0) break;
    if (part < parts) runPart(program, first, count, part, parts, ticket);
  }
  crew.count(-1);
}

/** One part of a call: all parts make the same decisions, part 0 keeps the books. */
function runPart(program: usize, first: i32, count: i32, part: i32, parts: i32, ticket: i32): void {
  const examples = load<i32>(program, op.HEADER_EXAMPLES);
  const batchSize = load<i32>(program, op.HEADER_BATCH_SIZE);
  const order = <usize>load<u32>(program, op.HEADER_ORDER);
  const code = <usize>load<u32>(program, op.HEADER_CODE);
  let lossSum: f64 = 0;
  let done = 0;
  let finite: bool = true;
  for (let batch = first; batch < first + count; batch++) {
    const start = batch * batchSize;
    const rows = min(batchSize, examples - start);
    if (rows <= 0) break;
    const loss = runBatch(program, code, order, start, rows, part, parts, ticket);
    finite = !crew.anyFailed(!isFinite(loss), parts, ticket);
    if (part == 0) store<f64>(program, loss, op.HEADER_LAST_LOSS);
    if (!finite) break;
    lossSum += loss;
    done++;
    if (part > 0) continue;
    // The others read these behind the next barrier: a program begins with instructions that do not look at them.
    store<i32>(program, load<i32>(program, op.HEADER_STEP) + 1, op.HEADER_STEP);
    store<i32>(program, load<i32>(program, op.HEADER_TIME) + 1, op.HEADER_TIME);
  }
  if (part > 0) return;
  store<i32>(program, done, op.HEADER_BATCHES_DONE);
  store<i32>(program, finite ? 1 : 0, op.HEADER_FINITE);
  store<f64>(program, lossSum, op.HEADER_LOSS_SUM);
}

/**
 * One batch; returns the sum of its losses, where it is part 0, and 0 elsewhere. A check that fails ends it in all parts; NaN
 * then stands for a gradient that is not finite.
 *
 * Every instruction is written for part `part` of `parts`: it does its share of the rows, numbers or tiles of its result,
 * never of a sum, so that the result has the same bits however many parts there are. One that is not marked as divided has
 * one part.
 */
function runBatch(
  program: usize,
  code: usize,
  order: usize,
  start: i32,
  rows: i32,
  crewPart: i32,
  crewParts: i32,
  ticket: i32,
): f64 {
  const inverseRows = <f32>(1.0 / <f64>rows);
  // Part 0 also uses its own where it is alone.
  const ownScratch = <usize>crewPart * <usize>load<u32>(program, op.HEADER_SCRATCH_BYTES);
  let part = 0;
  let parts = 1;
  let loss: f64 = 0;
  let pc = code;
  while (true) {
    if (crewParts > 1) {
      const flags = load<u32>(pc, 4);
      if (flags & op.BARRIER) crew.barrier(crewParts);
      const divided = (flags & op.DIVIDED) != 0;
      part = divided ? crewPart : 0;
      parts = divided ? crewParts : 1;
      if (crewPart > 0 && !divided) {
        pc += (<usize>(flags & op.WORDS_MASK)) << 2;
        continue;
      }
    }
    switch (load<i32>(pc)) {
      case op.CHECK_LOSS: {
        // As float32: there the loss overflows before what is made of it does.
        if (crew.anyFailed(!isFinite(<f32>loss), parts, ticket)) return <f64>(<f32>loss);
        break;
      }
      case op.CHECK_FINITE: {
        const count = word(pc, 1);
        const from = numberOf(count, part, parts);
        const finite = allFinite(at(pc, 0) + floats(from), numberOf(count, part + 1, parts) - from);
        if (crew.anyFailed(!finite, parts, ticket)) return NaN;
        break;
      }
      case op.GATHER: {
        const first = rowOf(rows, part, parts);
        const width = word(pc, 1);
        gather(
          at(pc, 0),
          order,
          start + first,
          rowOf(rows, part + 1, parts) - first,
          width,
          at(pc, 2) + floats(first * width),
        );
        break;
      }
      case op.PRODUCT: {
        const m = dimension(pc, 1, rows);
        const n = dimension(pc, 2, rows);
        const k = dimension(pc, 3, rows);
        const scratch = at(pc, 8) + ownScratch;
        product(word(pc, 0), m, n, k, at(pc, 4), at(pc, 5), at(pc, 6), at(pc, 7), scratch, part, parts);
        break;
      }
      case op.COLUMN_SUMS: {
        columnSums(at(pc, 0), at(pc, 1), dimension(pc, 2, rows), word(pc, 3), part, parts);
        break;
      }
      case op.ELEMENTWISE: {
        const count = dimension(pc, 3, rows);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        elementwise(word(pc, 0), at(pc, 1) + offset, at(pc, 2) + offset, numberOf(count, part + 1, parts) - from);
        break;
      }
      case op.ELEMENTWISE_BACKWARD: {
        const count = dimension(pc, 4, rows);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const length = numberOf(count, part + 1, parts) - from;
        elementwiseBackward(word(pc, 0), at(pc, 1) + offset, at(pc, 2) + offset, at(pc, 3) + offset, length);
        break;
      }
      case op.SOFTMAX: {
        const count = dimension(pc, 2, rows);
        const from = rowOf(count, part, parts);
        const n = word(pc, 3);
        const offset = floats(from * n);
        softmax(at(pc, 0) + offset, at(pc, 1) + offset, rowOf(count, part + 1, parts) - from, n);
        break;
      }
      case op.SOFTMAX_BACKWARD: {
        const count = dimension(pc, 3, rows);
        const from = rowOf(count, part, parts);
        const n = word(pc, 4);
        const offset = floats(from * n);
        softmaxBackward(
          at(pc, 0) + offset,
          at(pc, 1) + offset,
          at(pc, 2) + offset,
          rowOf(count, part + 1, parts) - from,
          n,
        );
        break;
      }
      case op.DROPOUT: {
        const count = dimension(pc, 2, rows);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const length = numberOf(count, part + 1, parts) - from;
        const step = load<u32>(program, op.HEADER_STEP);
        dropout(at(pc, 0) + offset, at(pc, 1) + offset, length, from, word(pc, 3), step, word(pc, 4), float(pc, 5));
        break;
      }
      case op.BATCH_NORM: {
        const channels = word(pc, 6);
        const positions = word(pc, 7);
        const from = channelOf(channels, positions, part, parts);
        const to = channelOf(channels, positions, part + 1, parts);
        const x = at(pc, 0);
        const mean = at(pc, 2);
        const variance = at(pc, 3);
        if (word(pc, 9)) batchStatistics(x, mean, variance, rows, channels, positions, from, to);
        batchNormalise(
          x,
          at(pc, 1),
          mean,
          variance,
          at(pc, 4),
          at(pc, 5),
          rows,
          channels,
          positions,
          float(pc, 8),
          from,
          to,
        );
        break;
      }
      case op.BATCH_NORM_BACKWARD: {
        const channels = word(pc, 8);
        const positions = word(pc, 9);
        batchNormBackward(
          at(pc, 0),
          at(pc, 1),
          at(pc, 2),
          at(pc, 3),
          at(pc, 4),
          at(pc, 5),
          at(pc, 6),
          at(pc, 7),
          rows,
          channels,
          positions,
          float(pc, 10),
          channelOf(channels, positions, part, parts),
          channelOf(channels, positions, part + 1, parts),
        );
        break;
      }
      case op.RUNNING_AVERAGE: {
        // A single number of each channel has no spread to learn from.
        if (dimension(pc, 3, rows) == 1) break;
        const count = word(pc, 2);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const length = numberOf(count, part + 1, parts) - from;
        runningAverage(at(pc, 0) + offset, at(pc, 1) + offset, length, float(pc, 4), float(pc, 5));
        break;
      }
      case op.SQUARED_LOSS: {
        loss += squaredLoss(at(pc, 0), at(pc, 1), at(pc, 2), dimension(pc, 3, rows));
        break;
      }
      case op.LOGISTIC_LOSS: {
        loss += logisticLoss(at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), dimension(pc, 4, rows));
        break;
      }
      case op.CROSS_ENTROPY_LOSS: {
        loss += crossEntropyLoss(at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), dimension(pc, 4, rows), word(pc, 5));
        break;
      }
      case op.WEIGHTED_SQUARED_LOSS: {
        loss += weightedSquaredLoss(at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), dimension(pc, 4, rows), word(pc, 5));
        break;
      }
      case op.WEIGHTED_LOGISTIC_LOSS: {
        const count = dimension(pc, 5, rows);
        loss += weightedLogisticLoss(at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), at(pc, 4), count, word(pc, 6));
        break;
      }
      case op.WEIGHTED_CROSS_ENTROPY_LOSS: {
        const count = dimension(pc, 5, rows);
        loss += weightedCrossEntropyLoss(at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), at(pc, 4), count, word(pc, 6));
        break;
      }
      case op.UNLESS_PREPARED: {
        // The jump counts from the end of this instruction.
        const skipped = load<i32>(at(pc, 0), op.SETTING_PREPARES) == 0 ? word(pc, 1) : 0;
        pc += floats((load<i32>(pc, 4) & op.WORDS_MASK) + skipped);
        continue;
      }
      case op.PREPARE_GRADIENT: {
        const count = word(pc, 2);
        const from = numberOf(count, part, parts);
        const length = numberOf(count, part + 1, parts) - from;
        const offset = floats(from);
        prepareGradient(at(pc, 0) + offset, at(pc, 1) + offset, length, inverseRows, at(pc, 3), word(pc, 4) != 0);
        break;
      }
      case op.SQUARE_SUMS: {
        const count = word(pc, 1);
        const chunks = squareSumsOf(count);
        squareSums(at(pc, 0), count, at(pc, 2), rowOf(chunks, part, parts), rowOf(chunks, part + 1, parts));
        break;
      }
      case op.CLIP_GRADIENT: {
        clipGradient(at(pc, 0), word(pc, 1), at(pc, 2));
        break;
      }
      case op.SGD: {
        const count = word(pc, 2);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const length = numberOf(count, part + 1, parts) - from;
        const settings = at(pc, 3);
        const scale = scaleOf(settings, inverseRows);
        const l2 = decayOf(settings, word(pc, 4));
        if (!sgd(at(pc, 0) + offset, at(pc, 1) + offset, length, scale, l2, settings)) spoil(program);
        break;
      }
      case op.MOMENTUM:
      case op.NESTEROV:
      case op.RMSPROP: {
        const count = word(pc, 3);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const length = numberOf(count, part + 1, parts) - from;
        const settings = at(pc, 4);
        const scale = scaleOf(settings, inverseRows);
        const l2 = decayOf(settings, word(pc, 5));
        const W = at(pc, 0) + offset;
        const sum = at(pc, 1) + offset;
        const slot = at(pc, 2) + offset;
        const opcode = load<i32>(pc);
        let sound: bool;
        if (opcode == op.MOMENTUM) sound = momentum(W, sum, slot, length, scale, l2, settings);
        else if (opcode == op.NESTEROV) sound = nesterov(W, sum, slot, length, scale, l2, settings);
        else sound = rmsprop(W, sum, slot, length, scale, l2, settings);
        if (!sound) spoil(program);
        break;
      }
      case op.ADAM: {
        const count = word(pc, 4);
        const from = numberOf(count, part, parts);
        const offset = floats(from);
        const settings = at(pc, 5);
        const sound = adam(
          at(pc, 0) + offset,
          at(pc, 1) + offset,
          at(pc, 2) + offset,
          at(pc, 3) + offset,
          numberOf(count, part + 1, parts) - from,
          scaleOf(settings, inverseRows),
          decayOf(settings, word(pc, 6)),
          settings,
          load<i32>(program, op.HEADER_TIME) + 1,
          word(pc, 7) != 0,
        );
        if (!sound) spoil(program);
        break;
      }
      case op.CHECK_UPDATE: {
        if (load<i32>(program, op.HEADER_SPOILED) != 0) return NaN;
        break;
      }
      case op.CONVOLUTION_IMAGE: {
        const w = argument(pc, 2);
        const planes = rows * Window.channels(w);
        convolutionImage(w, at(pc, 0), at(pc, 1), rowOf(planes, part, parts), rowOf(planes, part + 1, parts));
        break;
      }
      case op.CONVOLUTION: {
        const w = argument(pc, 4);
        const all = rows * Window.outHeight(w);
        const from = rowOf(all, part, parts);
        const to = rowOf(all, part + 1, parts);
        convolution(w, at(pc, 0), at(pc, 1), at(pc, 2), at(pc, 3), from, to, at(pc, 4 + op.WINDOW_WORDS) + ownScratch);
        break;
      }
      case op.CONVOLUTION_WEIGHTS: {
        const w = argument(pc, 3);
        const tiles = convolutionWeightTiles(w);
        const from = rowOf(tiles, part, parts);
        const to = rowOf(tiles, part + 1, parts);
        convolutionWeights(
          w,
          at(pc, 0),
          at(pc, 1),
          at(pc, 2),
          rows,
          from,
          to,
          at(pc, 3 + op.WINDOW_WORDS) + ownScratch,
        );
        break;
      }
      case op.CONVOLUTION_BIASES: {
        const filters = word(pc, 2);
        const from = rowOf(filters, part, parts);
        const to = rowOf(filters, part + 1, parts);
        convolutionBiases(at(pc, 0), at(pc, 1), rows, filters, word(pc, 3), from, to);
        break;
      }
      case op.CONVOLUTION_INPUT: {
        const w = argument(pc, 3);
        const all = rows * Window.height(w);
        const from = rowOf(all, part, parts);
        const to = rowOf(all, part + 1, parts);
        convolutionInput(w, at(pc, 0), at(pc, 1), at(pc, 2), from, to, at(pc, 3 + op.WINDOW_WORDS) + ownScratch);
        break;
      }
      case op.MAX_POOL: {
        const w = argument(pc, 3);
        const planes = rows * Window.channels(w);
        maxPool(w, at(pc, 0), at(pc, 1), at(pc, 2), rowOf(planes, part, parts), rowOf(planes, part + 1, parts));
        break;
      }
      case op.MAX_POOL_BACKWARD: {
        const w = argument(pc, 3);
        const planes = rows * Window.channels(w);
        const from = rowOf(planes, part, parts);
        maxPoolBackward(w, at(pc, 0), at(pc, 1), at(pc, 2), from, rowOf(planes, part + 1, parts));
        break;
      }
      case op.AVG_POOL: {
        const w = argument(pc, 2);
        const planes = rows * Window.channels(w);
        avgPool(w, at(pc, 0), at(pc, 1), rowOf(planes, part, parts), rowOf(planes, part + 1, parts));
        break;
      }
      case op.AVG_POOL_BACKWARD: {
        const w = argument(pc, 2);
        const planes = rows * Window.channels(w);
        avgPoolBackward(w, at(pc, 0), at(pc, 1), rowOf(planes, part, parts), rowOf(planes, part + 1, parts));
        break;
      }
      default: {
        return loss;
      }
    }
    pc += (<usize>(load<u32>(pc, 4) & op.WORDS_MASK)) << 2;
  }
  return loss;
}

/** What an update multiplies the gradient by: 1/m, or what clipping left of a prepared one. */
function scaleOf(settings: usize, inverseRows: f32): f32 {
  return load<i32>(settings, op.SETTING_PREPARES) == 0 ? inverseRows : load<f32>(settings, op.SETTING_SCALE);
}

/** λ of an update that still has to bring it in. */
function decayOf(settings: usize, decays: i32): f32 {
  const bringsIn = decays != 0 && load<i32>(settings, op.SETTING_PREPARES) == 0;
  return bringsIn ? load<f32>(settings, op.SETTING_L2) : 0;
}

/** Notes that an update wrote what is not finite; every part that finds it writes the same. */
function spoil(program: usize): void {
  store<i32>(program, 1, op.HEADER_SPOILED);
}

/** First channel of a part: whole cache lines where channels lie side by side, else whole channels. */
function channelOf(channels: i32, positions: i32, part: i32, parts: i32): i32 {
  return positions == 1 ? numberOf(channels, part, parts) : rowOf(channels, part, parts);
}

/** Bytes of `count` floats. */
function floats(count: i32): usize {
  return (<usize>count) << 2;
}

/** Where argument `index` of the instruction stands, for a description of several words. */
function argument(pc: usize, index: usize): usize {
  return pc + (index << 2) + 8;
}

/** Argument `index` of the instruction. */
function word(pc: usize, index: usize): i32 {
  return load<i32>(pc + (index << 2), 8);
}

/** The same as a float. */
function float(pc: usize, index: usize): f32 {
  return load<f32>(pc + (index << 2), 8);
}

/** The same as an address. */
function at(pc: usize, index: usize): usize {
  return <usize>load<u32>(pc + (index << 2), 8);
}

/** The same as a dimension: negative ones count per example of the batch. */
function dimension(pc: usize, index: usize, rows: i32): i32 {
  const size = word(pc, index);
  return size < 0 ? -size * rows : size;
}
