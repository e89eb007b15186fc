/** Half the distance between the two points of a difference: small against the curve, large against float64's rounding. */
const STEP = 1e-5;

/** ∂value/∂z of every entry, (value(z + h) − value(z − h)) / 2h; `value` reads z, which is as before when it is done. */
export function centralDifferences(z: Float64Array, value: () => number): Float64Array {
  return z.map((kept, i) => {
    z[i] = kept + STEP;
    const above = value();
    z[i] = kept - STEP;
    const below = value();
    z[i] = kept;
    return (above - below) / (2 * STEP);
  });
}

/** Moves a draw to at least ten steps from every kink, where no derivative exists. */
export function awayFrom(kinks: readonly number[], draw: number): number {
  return kinks.reduce((x, kink) => (Math.abs(x - kink) < 10 * STEP ? kink + 10 * STEP : x), draw);
}
