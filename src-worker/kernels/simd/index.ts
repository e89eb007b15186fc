import { crewBlock } from './crew';
import { CREW_BYTES } from './opcodes';

/** What the module exports: the interpreter, and each kernel by itself for its tests and measurements. */
export { avgPool, avgPoolBackward } from './avg-pool';
export { batchNormalise, batchStatistics } from './batch-norm';
export { batchNormBackward } from './batch-norm-backward';
export { columnSums } from './column-sums';
export { convolution } from './convolution';
export { convolutionImage } from './convolution-image';
export { convolutionInput } from './convolution-input';
export { convolutionBiases, convolutionWeights, convolutionWeightTiles } from './convolution-weights';
export { dropout } from './dropout';
export { elementwise, elementwiseBackward } from './elementwise';
export { allFinite } from './finite';
export { gather } from './gather';
export { help, runBatches } from './interpreter';
export { crossEntropyLoss, logisticLoss, squaredLoss } from './losses';
export { clipGradient, prepareGradient, squareSums, squareSumsOf } from './gradient';
export { maxPool, maxPoolBackward } from './max-pool';
export { adam, momentum, nesterov, rmsprop, sgd } from './optimizers';
export { weightedCrossEntropyLoss, weightedLogisticLoss, weightedSquaredLoss } from './weighted-losses';
export { product } from './product';
export { runningAverage } from './running-average';
export { softmax, softmaxBackward } from './softmax';

/** Where the threads of a memory meet; see ./opcodes. */
export { crewBlock } from './crew';

/** First address above the module's own static data and the crew's block: from here on the memory belongs to the arena. */
export function heapBase(): usize {
  return crewBlock() + CREW_BYTES;
}

/** eˣ of `count` numbers, the building block of the activations and losses, for its own test. */
export { exp } from './exponential';
