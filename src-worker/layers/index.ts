import type { LayerKind } from '../experiment/document';
import { batchNorm } from './batch-norm';
import { dense } from './dense';
import { dropout } from './dropout';
import type { LayerDefinition } from './layer';

/** Every kind of layer. To add one: a file, this line and a member of `LayerSpec`. */
export const layers = { dense, dropout, 'batch-norm': batchNorm } satisfies {
  readonly [K in LayerKind]: LayerDefinition<K>;
};

export { activationOf } from './layer';
export type { LayerDefinition, LayerPlace, ParameterSpec, Pass, ReferenceLayer } from './layer';
