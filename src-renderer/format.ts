import { formatNumber, THIN_SPACE } from './charts/format';

/** `2.40 M`, `61,300`, `850`: three significant figures. */
export function formatRate(value: number): string {
  if (value >= 1e6) return `${formatNumber(value / 1e6)}${THIN_SPACE}M`;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2);
  return Math.round(Math.round(value / unit) * unit).toLocaleString('en-US');
}

/** `850 B`, `12.0 kB`, `3.10 MB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}${THIN_SPACE}B`;
  const [divisor, unit] = bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${formatNumber(bytes / divisor)}${THIN_SPACE}${unit}`;
}

/** `2 s`, `1:05 min`, `2 h 10 min`; begun seconds count. */
export function formatDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds}${THIN_SPACE}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}${THIN_SPACE}min`;
  return `${Math.floor(minutes / 60)}${THIN_SPACE}h ${minutes % 60}${THIN_SPACE}min`;
}
