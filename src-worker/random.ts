/**
 * The only source of randomness. Every use names its stream, `createRandom(seed, 'order', epoch)`, so that what one part
 * draws never shifts what another gets, and nothing has to be saved to go on: the order of epoch 7 is a function of the
 * seed and 7.
 */
export interface Random {
  /** A number in [0, 1), with 53 random bits. */
  uniform(): number;
  /** A number from the standard normal distribution N(0, 1). */
  normal(): number;
  /** An integer in 0 … n − 1, each equally likely; 1 ≤ n ≤ 2³². */
  integer(n: number): number;
  /** A random order of 0 … n − 1, each equally likely; fresh, the caller owns it. */
  permutation(n: number): Uint32Array;
}

/**
 * A generator for one purpose: the same seed and stream give the same numbers, any other seed or stream unrelated ones.
 *
 * Numbers come from xoshiro128** 1.1 (period 2¹²⁸ − 1), seeded through SplitMix64 as its authors advise.
 * Source: D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021), and their
 * public-domain xoshiro128starstar.c; G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014, for the mixing function.
 */
export function createRandom(seed: number, ...stream: readonly (number | string)[]): Random {
  const next = xoshiro128(hashToState([seed, ...stream]));
  let spare: number | null = null;

  const uniform = (): number => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;

  const integer = (n: number): number => {
    let draw = next();
    // Draws above the last multiple of n are thrown away: a plain remainder would favour small numbers. It lies within the last n.
    if (draw >= 2 ** 32 - n) {
      const limit = 2 ** 32 - (2 ** 32 % n);
      while (draw >= limit) draw = next();
    }
    return draw % n;
  };

  return {
    uniform,
    integer,

    /** The polar method gives two at a time. Source: G. Marsaglia, T. Bray, SIAM Review 6 (1964). */
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      let u: number, v: number, square: number;
      do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        square = u * u + v * v;
      } while (square >= 1 || square === 0);
      const stretch = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * stretch;
      return u * stretch;
    },

    /** Fisher–Yates. Source: D. Knuth, The Art of Computer Programming, vol. 2, §3.4.2, algorithm P. */
    permutation(n) {
      const order = new Uint32Array(n);
      for (let i = 0; i < n; i++) order[i] = i;
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
      }
      return order;
    },
  };
}

/** Draws unsigned 32-bit integers; `state` is four words, not all zero. */
function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

function rotateLeft(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** The output function of SplitMix64: every bit of the result depends on every bit of the argument. */
function mix64(value: bigint): bigint {
  let z = BigInt.asUintN(64, value);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/**
 * Four words out of numbers and strings. Each part goes in with its type and, for text, its length, so that 1 and '1', or
 * ('ab', 'c') and ('a', 'bc'), are different streams.
 */
function hashToState(parts: readonly (number | string)[]): [number, number, number, number] {
  const bits = new DataView(new ArrayBuffer(8));
  let state = 0n;
  const absorb = (word: bigint): void => {
    state = mix64((state ^ word) + GOLDEN_GAMMA);
  };
  for (const part of parts) {
    if (typeof part === 'number') {
      bits.setFloat64(0, part);
      absorb(1n);
      absorb(bits.getBigUint64(0));
    } else {
      absorb(2n);
      absorb(BigInt(part.length));
      for (let i = 0; i < part.length; i++) absorb(BigInt(part.charCodeAt(i)));
    }
  }
  const first = mix64(state + GOLDEN_GAMMA);
  const second = mix64(state + 2n * GOLDEN_GAMMA);
  // mix64 is a bijection, so the two halves differ and the state cannot be all zero.
  return [Number(first >> 32n), Number(first & 0xffffffffn), Number(second >> 32n), Number(second & 0xffffffffn)];
}
