import type { LiveTraining } from './engine';
import { euclideanNorm, scale } from './kernels/reference';
import { optimizers } from './optimizers';
import type { LiveParameter } from './propagation';
import type { FloatArray, NamedTensor } from './tensor';

/**
 * Shortens the gradient, as one vector over all arrays, to the length `most`; 0 leaves it. Pascanu et al. (2013), algorithm 1.
 * @returns false where the norm is beyond what a number can hold
 */
export function clip(gradients: readonly FloatArray[], most: number): boolean {
  if (most === 0) return true;
  const norm = euclideanNorm(gradients);
  if (norm > most) gradients.forEach((gradient) => scale(gradient, most / norm, gradient.length));
  return Number.isFinite(norm);
}

/** The arrays that an optimizer keeps for one trained parameter, 0 at first. */
export interface Slots {
  readonly parameter: LiveParameter;
  readonly tensors: readonly NamedTensor[];
}

export function createSlots(
  { optimizer }: LiveTraining,
  parameters: readonly LiveParameter[],
  allocate: (length: number) => FloatArray,
): Slots[] {
  const trained = parameters.filter(({ spec }) => spec.trained);
  return trained.map((parameter) => ({
    parameter,
    tensors: optimizers[optimizer.kind].slots.map((slot: string) => ({
      name: `${slot}.${parameter.spec.fullName}`,
      shape: parameter.spec.shape,
      values: allocate(parameter.values.length),
    })),
  }));
}
