/** How numbers look on the stage: three significant figures, percent with one decimal, thin spaces before units, a dash for nothing. */

/** U+202F: thin, and never the place where a line breaks. */
export const THIN_SPACE = '\u202f';
const NOTHING = '–';

/** At most three significant figures, never fewer digits than the integer part: `0.210`, `12.5`, `3,360`, `1.20e-5`. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return minus(value.toExponential(2).replace('e+', 'e'));
  // The exponent of the rounded value: 9.996 shows as 10.0, not as 10.00.
  const exponent = Number(size.toExponential(2).split('e')[1]);
  return minus(group(value, Math.max(0, 2 - exponent)));
}

/** Shares from 0 to 1 as `92.5 %`. */
export function formatPercent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return NOTHING;
  return minus(`${(share * 100).toFixed(1)}${THIN_SPACE}%`);
}

/** Whole numbers with thousands apart: `3,360`. */
export function formatCount(value: number): string {
  return minus(group(Math.round(value), 0));
}

/** Cells of a table: whole numbers whole, others with three figures. */
export function formatCell(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? formatCount(value) : formatNumber(value);
}

/** `1 row`, `3 rows`. */
export function formatPlural(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

function group(value: number, decimals: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A true minus sign before numbers; a plain hyphen inside exponents, where people copy it into other tools. */
function minus(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}
