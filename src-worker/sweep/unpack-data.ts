import { weighExamples } from '../data/class-weights';
import { encodeTargets } from '../data/encode-table';
import type { TrainableData } from '../data/prepared';
import { createVariation, isVaried } from '../data/variation';
import type { Examples } from '../engine';
import type { SweepData, SweepPart } from './sweep-types';

/**
 * Prepared data out of what another worker packed: to the bit those that it was packed from, in float32. Inputs are those of the pack and not
 * copied.
 */
export function unpackData({ spec, summary, preprocessing, ranges, parts }: SweepData): TrainableData {
  const { inputShape, target } = preprocessing;
  const { augmentation } = spec;
  const variation =
    ranges !== null && isVaried(augmentation) ? createVariation(augmentation, inputShape, ranges) : null;
  const examples: TrainableData['examples'] = (part, outputs, _precision, classWeights = 'none'): Examples | null => {
    const packed = parts[part];
    if (packed === null) return null;
    const { count, targets } = packed;
    const targetAt = (n: number): number => targets[n]!;
    const places = Uint32Array.from({ length: count }, (_, n) => n);
    const y = encodeTargets(places, targetAt, preprocessing, outputs, 'float32');
    const bound = { count, x: inputsOf(packed), y };
    if (part !== 'train') return bound;
    const weights = weighExamples(classWeights, count, target.classes, targetAt, 'float32');
    return { ...bound, ...(weights !== undefined && { weights }), ...(variation !== null && { variation }) };
  };
  return { summary, preprocessing, examples, bindable: examples };
}

function inputsOf({ x, pixels }: SweepPart): Examples['x'] {
  return x instanceof Uint8Array ? { bytes: x, ...pixels! } : x;
}
