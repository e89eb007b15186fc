/** `12.0 MB`, `4.29 GB`, `103,000 GB`: three figures, powers of 1,000. */
export function describeBytes(bytes: number): string {
  const [divisor, unit] = bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${(bytes / divisor).toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`;
}
