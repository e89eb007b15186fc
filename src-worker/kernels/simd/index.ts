/** What the module exports: the interpreter, and each kernel by itself for its tests and measurements. */
export { avgPool, avgPoolBackward } from './avg-pool';
export { batchNormalise, batchStatistics } from './batch-norm';
export { batchNormBackward } from './batch-norm-backward';
export { columnSums } from './column-sums';
export { convolution, convolutionScratchBytes } from './convolution';
export { convolutionImage } from './convolution-image';
export { convolutionInput, convolutionInputScratchBytes } from './convolution-input';
export {
  convolutionBiases,
  convolutionWeights,
  convolutionWeightsScratchBytes,
  convolutionWeightTiles,
} from './convolution-weights';
export { dropout } from './dropout';
export { elementwise, elementwiseBackward } from './elementwise';
export { allFinite } from './finite';
export { gather } from './gather';
export { runBatches } from './interpreter';
export { crossEntropyLoss, logisticLoss, squaredLoss } from './losses';
export { clipGradient, prepareGradient, squareSums, squareSumsOf } from './gradient';
export { maxPool, maxPoolBackward } from './max-pool';
export { adam, momentum, nesterov, rmsprop, sgd } from './optimizers';
export { weightedCrossEntropyLoss, weightedLogisticLoss, weightedSquaredLoss } from './weighted-losses';
export { product, productScratchBytes } from './product';
export { runningAverage } from './running-average';
export { softmax, softmaxBackward } from './softmax';

/** First address above the module's own static data: from here on the memory belongs to the arena. */
export function heapBase(): usize {
  return __heap_base;
}

/** eˣ of `count` numbers, the building block of the activations and losses, for its own test. */
export { exp } from './exponential';
