import type { NamedTensor } from '../../src-worker/api';

/** Arrays by their names, such as `W1`. */
export function tensorsByName(tensors: readonly NamedTensor[]): ReadonlyMap<string, NamedTensor> {
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}
