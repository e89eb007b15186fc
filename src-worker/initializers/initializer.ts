import type { Definition } from '../definition';
import type { InitializerKind, InitializerSpec } from '../experiment/document';
import type { Random } from '../random';
import type { FloatArray } from '../tensor';

/** The spec of one kind, with its fields. */
export type InitializerOf<K extends InitializerKind> = { [S in InitializerSpec as S['kind']]: S }[K];

/** How many numbers flow into one unit and how many units one number flows to: n[ℓ−1] and n[ℓ] of a dense layer. */
export interface Fan {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** A rule for the first value of a weight array. Biases do not use it: they start at 0. */
export interface InitializerDefinition<K extends InitializerKind = InitializerKind> extends Definition<K> {
  /** Overwrites every entry of `values`; draws from `random` and from nothing else. */
  fill(initializer: InitializerOf<K>, values: FloatArray, fan: Fan, random: Random): void;
}

/** Fills with draws from N(mean, deviation²); the second number of the notes' N(·, ·) is the deviation. */
export function fillNormal(values: FloatArray, mean: number, deviation: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = mean + deviation * random.normal();
}

/** Fills with draws from the uniform distribution over [low, high). */
export function fillUniform(values: FloatArray, low: number, high: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * random.uniform();
}
