import { formatCount } from '../../charts/format';
import type { LineSeries, OtherLine, Reading } from '../../charts/line-chart';

/** One line at the epoch under the cursor. */
export interface ReadLine extends LineSeries {
  readonly value: number;
}

/** The lines that are shown and have a value there: the chart's own, then those of other runs. */
export function linesOf(
  reading: Reading,
  series: readonly LineSeries[],
  visible: readonly boolean[],
  others: readonly OtherLine[],
): readonly ReadLine[] {
  const own = series.map(({ label, color }, i) => ({ label, color, value: visible[i] ? reading.values[i]! : NaN }));
  const over = others.map(({ label, color }, i) => ({ label, color, value: reading.others[i] ?? NaN }));
  return [...own, ...over].filter(({ value }) => !Number.isNaN(value));
}

/** The same for those who hear it. */
export function describeReading(
  epoch: number,
  step: number | null,
  lines: readonly ReadLine[],
  format: (value: number | null) => string,
): string {
  const values = lines.map(({ label, value }) => `${label} ${format(value)}`);
  const at = step === null ? `epoch ${formatCount(epoch)}` : `epoch ${formatCount(epoch)}, step ${formatCount(step)}`;
  return `${at}: ${values.length === 0 ? 'no line is here' : values.join(', ')}`;
}
