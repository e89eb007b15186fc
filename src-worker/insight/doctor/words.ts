/** A number as a sentence has it: three digits. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3))
    return value.toExponential(1).replace('.0e', 'e').replace('e+', 'e').replace('-', '−');
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', '−');
}

/** `96 %`, with a narrow space that does not break. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 1 ? number(value) : Math.round(value)}\u202f%`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
