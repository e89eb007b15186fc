/**
 * Which numbers a dropout layer keeps, as a function of where it stands and nothing else: no state to save, the same on every
 * backend, with any number of threads and after any pause.
 *
 *   mix(h):  h ← h ⊕ (h ≫ 16);  h ← h · 7feb352d₁₆;  h ← h ⊕ (h ≫ 15);  h ← h · 846ca68b₁₆;  h ← h ⊕ (h ≫ 16)
 *   a = mix(mix(key) + step),  b = mix(a + key)            key: of the layer, step: updates made so far
 *   bits(i) = mix(mix(i + a) + b)                           i: place in the batch, row-major
 *   kept(i) ⇔ bits(i) ≥ rate · 2³²
 *
 * All in 32 bits without sign, sums and products modulo 2³². The two words a and b together are a one-to-one function of key
 * and step, so that no two layers or steps share their numbers, not even shifted.
 *
 * Source of mix: C. Wellons, "Prospecting for Hash Functions" (2018), lowbias32, in the public domain.
 */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The two words that a pass of a layer starts from. */
export interface MaskSeed {
  readonly a: number;
  readonly b: number;
}

export function maskSeed(key: number, step: number): MaskSeed {
  const a = mix(mix(key) + step);
  return { a, b: mix(a + key) };
}

/** 32 random bits for the number at place `index` of the batch. */
export function maskBits({ a, b }: MaskSeed, index: number): number {
  return mix(mix(index + a) + b);
}

/** Numbers with at least these bits are kept: rate · 2³², rounded up, and something is kept whatever the rate. */
export function maskThreshold(rate: number): number {
  return Math.min(Math.ceil(rate * 2 ** 32), 2 ** 32 - 1);
}
