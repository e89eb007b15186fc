import type { InitializerKind } from '../experiment/document';
import { constant } from './constant';
import { heNormal } from './he-normal';
import { heUniform } from './he-uniform';
import type { InitializerDefinition } from './initializer';
import { normal } from './normal';
import { uniform } from './uniform';
import { xavierNormal } from './xavier-normal';
import { xavierUniform } from './xavier-uniform';
import { zeros } from './zeros';

/** Every initializer by kind, in the order of the menus. */
export const initializers = {
  'xavier-normal': xavierNormal,
  'xavier-uniform': xavierUniform,
  'he-normal': heNormal,
  'he-uniform': heUniform,
  normal,
  uniform,
  constant,
  zeros,
} satisfies { readonly [K in InitializerKind]: InitializerDefinition<K> };

export type { InitializerDefinition } from './initializer';
