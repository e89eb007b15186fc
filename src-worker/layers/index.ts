import type { LayerKind } from '../experiment/document';
import { dense } from './dense';
import type { LayerDefinition } from './layer';

/** Every kind of layer. To add one: a file, this line and a member of `LayerSpec`. */
export const layers = { dense } satisfies { readonly [K in LayerKind]: LayerDefinition<K> };

export { activationOf } from './layer';
export type { LayerDefinition, LayerPlace, ParameterSpec, Pass, ReferenceLayer } from './layer';
