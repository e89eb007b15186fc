/** Whole numbers below this are read at a glance; from here on zeros have to be counted. */
const LARGE = 1e5;

/** A number with every digit it has, as it could be typed: `0.01`, `48000`, `1e12`; from a hundred thousand on in the shorter of both spellings. */
export function writeNumber(value: number): string {
  const plain = String(value);
  if (Math.abs(value) < LARGE) return plain;
  const power = value.toExponential().replace('e+', 'e');
  return power.length < plain.length ? power : plain;
}
