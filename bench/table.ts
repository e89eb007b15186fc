/** Three significant digits and thousands separators: more digits than that are noise. */
export function formatSpeed(perSecond: number): string {
  const rounded = Number(perSecond.toPrecision(3));
  return rounded >= 1000 ? rounded.toLocaleString('en-GB') : String(rounded);
}

/** `12.3 ×`, with a `~` in front where the spreads overlap. */
export function formatRatio({ ratio, certain }: { readonly ratio: number; readonly certain: boolean }): string {
  const digits = ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3);
  return `${certain ? '' : '~'}${digits} ×`;
}

/** `87 %`; of very small shares one digit after the point. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** A time with its unit, three digits. */
export function formatSeconds(seconds: number): string {
  const [scale, unit] = seconds < 1e-3 ? [1e6, 'µs'] : seconds < 1 ? [1e3, 'ms'] : [1, 's'];
  return `${Number((seconds * scale).toPrecision(3))} ${unit}`;
}

/** Markdown with aligned columns, readable on a terminal too; `left` columns of words, then numbers, to the right. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[], left: number): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (c < left ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, c) => (c < left ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
