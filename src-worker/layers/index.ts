import type { LayerKind } from '../experiment/document';
import { avgPool2d } from './avg-pool2d';
import { batchNorm } from './batch-norm';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import type { LayerDefinition } from './layer';
import { maxPool2d } from './max-pool2d';

/** Every kind of layer, in the order of the menus. To add one: a file, this line and a member of `LayerSpec`. */
export const layers = {
  dense,
  conv2d,
  'max-pool2d': maxPool2d,
  'avg-pool2d': avgPool2d,
  flatten,
  dropout,
  'batch-norm': batchNorm,
} satisfies { readonly [K in LayerKind]: LayerDefinition<K> };

export { activationOf } from './layer';
export type { LayerDefinition, LayerPlace, ParameterSpec, Pass, ReferenceLayer } from './layer';
