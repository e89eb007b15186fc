/** From here on the continued fraction of erfc is used: it converges fast, and 1 − erf would lose its digits. */
const SERIES_END = 2;

/** Levels of the continued fraction: from x = 2 on, 70 leave less than float64 can show. */
const LEVELS = 70;

/**
 * The error function erf x = (2/√π) ∫₀ˣ e^(−t²) dt for |x| ≤ 2, by its series of positive terms
 *
 *   erf x = (2/√π) e^(−x²) Σ_n 2ⁿ x^(2n+1) / (1 · 3 · … · (2n+1))
 *
 * Source: NIST Digital Library of Mathematical Functions, 7.6.2.
 */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * erfc x = 1 − erf x for x ≥ 2, by the continued fraction
 *
 *   √π e^(x²) erfc x = 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))))
 *
 * worked out from its innermost level. Source: NIST Digital Library of Mathematical Functions, 7.9.1.
 */
function erfcFraction(x: number): number {
  let fraction = x;
  for (let level = LEVELS; level >= 1; level--) fraction = x + level / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** The complementary error function 1 − erf x of any x; NaN stays NaN. */
export function erfc(x: number): number {
  if (x >= SERIES_END) return erfcFraction(x);
  return x <= -SERIES_END ? 2 - erfcFraction(-x) : 1 - erfSeries(x);
}

/** Φ(z) = ½ erfc(−z/√2): the probability that a number from N(0, 1) is at most z. */
export function normalProbability(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** φ(z) = e^(−z²/2) / √(2π): the density of N(0, 1), the derivative of Φ. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
