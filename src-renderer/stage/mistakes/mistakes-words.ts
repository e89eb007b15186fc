import type { ClassMistakes, MistakesReport, Reliability, RocCurve } from '../../../src-worker/api';
import { formatCount, formatNumber, formatPercent, formatPlural } from '../../charts/format';
import type { ConfusionCell } from '../../state/mistakes.svelte';

/** How a cell is called where its examples are listed. */
export function cellTitle(cell: ConfusionCell | null, classes: readonly string[]): string {
  if (cell === null) return classes.length === 0 ? 'Largest residuals' : 'Wrong answers';
  const { right, answer } = cell;
  const given = answer === -1 ? 'without an answer' : `answered as ${classes[answer ?? 0]}`;
  if (right === null) return `All ${given}`;
  if (answer === null) return `All of ${classes[right]}`;
  return right === answer ? `${classes[right]}, answered right` : `${classes[right]}, ${given}`;
}

/** The examples of each right class. */
export function rowTotals({ classes, counts, unanswered }: ClassMistakes): readonly number[] {
  const K = classes.length;
  return classes.map((_, row) =>
    counts.subarray(row * K, (row + 1) * K).reduce((sum, count) => sum + count, unanswered[row]!),
  );
}

/**
 * The classes that a matrix of at most so many shows, in their own order: where there are more, those with the most mistakes, made of them
 * or with them.
 */
export function shownClasses({ classes, counts, unanswered }: ClassMistakes, most: number): readonly number[] {
  const K = classes.length;
  if (K <= most) return classes.map((_, index) => index);
  const mistakes = Float64Array.from(unanswered);
  for (let row = 0; row < K; row++) {
    for (let column = 0; column < K; column++) {
      if (row === column) continue;
      mistakes[row]! += counts[row * K + column]!;
      mistakes[column]! += counts[row * K + column]!;
    }
  }
  const order = classes.map((_, index) => index).sort((a, b) => mistakes[b]! - mistakes[a]! || a - b);
  return order.slice(0, most).sort((a, b) => a - b);
}

/** The matrix in a sentence, for those who hear it. */
export function describeConfusion(mistakes: ClassMistakes): string {
  const { classes, counts, unanswered } = mistakes;
  const K = classes.length;
  const total = rowTotals(mistakes).reduce((sum, count) => sum + count, 0);
  const wrong: { readonly row: number; readonly column: number; readonly count: number }[] = [];
  let right = 0;
  counts.forEach((count, at) => {
    const [row, column] = [Math.floor(at / K), at % K];
    if (row === column) right += count;
    else if (count > 0) wrong.push({ row, column, count });
  });
  wrong.sort((a, b) => b.count - a.count);
  const lost = unanswered.reduce((sum, count) => sum + count, 0);
  const [most] = wrong;
  const first = `Confusion matrix: ${formatCount(right)} of ${formatPlural(total, 'example')} right.`;
  const worst =
    most === undefined
      ? ''
      : ` Most often ${classes[most.row]} was answered as ${classes[most.column]}: ${formatPlural(most.count, 'time')}.`;
  return `${first}${worst}${lost > 0 ? ` ${formatPlural(lost, 'example')} got no answer.` : ''}`;
}

export function describeRoc(curve: RocCurve | null, name: string): string {
  if (curve === null) return `There is no ROC curve of ${name}: the part holds only examples of it, or none.`;
  return `ROC curve of ${name} against the rest: AUC ${formatNumber(curve.auc)}.`;
}

/** One point of the curve in words. */
export function pointWords(curve: RocCurve, index: number): string {
  const threshold = curve.thresholds[index]!;
  const from = threshold === Infinity ? 'above every output' : formatNumber(threshold);
  return `threshold ${from}: finds ${formatPercent(curve.truePositive[index])} of them, with ${formatPercent(curve.falsePositive[index])} of the others`;
}

export function describeReliability({ count, confidence, share, error }: Reliability, of: string): string {
  const bins = [...count.keys()].filter((bin) => count[bin]! > 0);
  const words = bins.map(
    (bin) =>
      `given ${formatPercent(confidence[bin])}, right ${formatPercent(share[bin])} of ${formatCount(count[bin]!)}`,
  );
  return `Reliability of ${of}, expected calibration error ${formatPercent(error)}. ${words.join('; ')}.`;
}

/** What the report is of and how good it is, in a line. */
export function describeReport({ examples, metrics }: MistakesReport): string {
  const judged =
    metrics.accuracy !== null
      ? `accuracy ${formatPercent(metrics.accuracy)}`
      : `RMSE ${formatNumber(metrics.rmse)}, MAE ${formatNumber(metrics.mae)}, R² ${formatNumber(metrics.r2)}`;
  return `${formatPlural(examples, 'example')}, ${judged}, loss ${formatNumber(metrics.loss)}`;
}
