import type { ActivationKind } from '../experiment/document';
import type { ActivationDefinition } from './activation';
import { elu } from './elu';
import { gelu } from './gelu';
import { identity } from './identity';
import { leakyRelu } from './leaky-relu';
import { relu } from './relu';
import { sigmoid } from './sigmoid';
import { softmax } from './softmax';
import { tanh } from './tanh';

/** Every activation by kind, in the order of the menus. To add one: a file, this line and a word in `ActivationKind`. */
export const activations = {
  identity,
  sigmoid,
  tanh,
  relu,
  'leaky-relu': leakyRelu,
  elu,
  gelu,
  softmax,
} satisfies {
  readonly [K in ActivationKind]: ActivationDefinition<K>;
};

export type { ActivationDefinition } from './activation';
