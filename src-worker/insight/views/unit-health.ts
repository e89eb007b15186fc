import type { ActivationKind } from '../../experiment/document';
import { sizeOf, type FloatArray, type Shape } from '../../tensor';
import type { UnitHealth } from './look-types';

/** Where the derivative of sigmoid has fallen to a ninth of its largest, and that of tanh to a seventeenth. */
const ENDS: Partial<Record<ActivationKind, readonly [low: number, high: number]>> = {
  sigmoid: [0.03, 0.97],
  tanh: [-0.97, 0.97],
};
/** A unit is saturated where so many of its outputs are at an end: a few examples in between teach it next to nothing. */
const NEARLY_ALL = 0.95;

/**
 * Which units pass no gradient.
 * @param a `[rows, …shape]`; the first dimension of `shape` counts the units, or channels
 * @returns null for activations that are never flat
 */
export function unitHealth(a: FloatArray, shape: Shape, activation: ActivationKind | null): UnitHealth | null {
  const ends = activation === null ? undefined : ENDS[activation];
  const kind = activation === 'relu' ? 'dead' : ends === undefined ? null : 'saturated';
  if (kind === null) return null;
  const isFlat = (value: number): boolean => (ends === undefined ? value === 0 : value < ends[0] || value > ends[1]);
  const size = sizeOf(shape);
  const units = shape[0] ?? 1;
  const positions = size / units;
  const flat = new Uint32Array(units);
  for (let i = 0; i < a.length; i++) {
    if (isFlat(a[i]!)) flat[Math.floor((i % size) / positions)]! += 1;
  }
  const each = a.length / units;
  const needed = kind === 'dead' ? each : NEARLY_ALL * each;
  const which = Uint32Array.from([...flat.keys()].filter((unit) => each > 0 && flat[unit]! >= needed));
  return { kind, units, which, share: flat.reduce((sum, count) => sum + count, 0) / Math.max(1, a.length) };
}
