/** Numbers as the window shows them: with units, in one notation everywhere. */

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `1,284` */
export function formatInteger(value: number): string {
  return integer.format(value);
}

/** Three decimals, and three significant digits where that would show nothing: `0.231`, `1.2e-5`. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? value.toPrecision(4) : value.toFixed(3);
}

/** `94.1 %` with a narrow no-break space. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)}\u202f%`;
}

/** `2.4 M`, `61,300`, `850`: three significant digits. */
export function formatRate(value: number): string {
  return value >= 1e6 ? `${compact.format(value / 1e6)} M` : compact.format(value);
}

/** `12 kB`, `3.1 MB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${integer.format(bytes)} B`;
  if (bytes < 1e6) return `${compact.format(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${compact.format(bytes / 1e6)} MB` : `${compact.format(bytes / 1e9)} GB`;
}

/** `2 s`, `1:05`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 epoch`, `2 epochs` */
export function countOf(count: number, noun: string): string {
  return `${formatInteger(count)} ${noun}${count === 1 ? '' : 's'}`;
}
