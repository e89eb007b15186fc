import type { LayerKind } from '../../../experiment/document';
import { batchNorm } from './batch-norm';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import type { LayerSteps } from './layer-steps';
import { avgPool2d, maxPool2d } from './pools';

/** How every kind of layer is stepped through. To add one: a file and this line. */
export const layerSteps: { readonly [K in LayerKind]: LayerSteps } = {
  dense,
  conv2d,
  'max-pool2d': maxPool2d,
  'avg-pool2d': avgPool2d,
  flatten,
  dropout,
  'batch-norm': batchNorm,
};
