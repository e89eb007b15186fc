/** Half-precision floats as numbers: IEEE 754 binary16, and bfloat16, the upper half of a float32. */

/** Widens `[sign 1, exponent 5, fraction 10]`; exact, as every float16 is a float32. */
export function widenFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half >>> 15 === 1 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/** Narrows to the nearest float16, ties to even; beyond ±65,504 to ±∞. */
export function narrowToFloat16(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, narrow);
}

const LARGEST_EXPONENT = 15;
const SMALLEST_EXPONENT = -14;

function narrow(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === 0) return sign;
  const exponent = Math.max(SMALLEST_EXPONENT, Math.floor(Math.log2(size)));
  // As units of the last place; where rounding fills it up, the carry goes into the exponent by itself.
  const units = roundToEven(size / 2 ** (exponent - 10));
  const bits = units + (exponent - SMALLEST_EXPONENT) * 1024;
  return sign | (exponent > LARGEST_EXPONENT || bits > 0x7c00 ? 0x7c00 : bits);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

export function widenBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => (half << 16) >>> 0).buffer);
}
