import type { Assessment } from '../../src-worker/api';
import { shownFigures } from '../charts/class-figures';
import { formatCount, formatPercent } from '../charts/format';
import { escapeHtml } from './escape-html';

/** Above so many classes a table of pairs is no longer read; what each class got is. */
const MOST_CLASSES = 30;

/** Right class against answer, darker for a larger share of the row; then the figures of every class. */
export function confusionHtml({ part, confusion }: Assessment): string {
  if (confusion === null) return '';
  const { classes, counts } = confusion;
  const names = classes.map(escapeHtml);
  const row = (right: number): string => {
    const cells = Array.from(counts.subarray(right * names.length, (right + 1) * names.length));
    const total = cells.reduce((sum, count) => sum + count, 0);
    const shaded = cells.map((count) => {
      const share = total === 0 ? 0 : count / total;
      return `<td style="background: rgb(79 151 211 / ${(0.55 * share).toFixed(2)})">${formatCount(count)}</td>`;
    });
    return `<tr><th scope="row">${names[right]}</th>${shaded.join('')}</tr>`;
  };
  const matrix =
    names.length > MOST_CLASSES
      ? ''
      : `<table><caption>Answers on the ${part} part: a row for each right class, a column for each answer</caption><thead><tr><td></td>${names
          .map((name) => `<th scope="col">${name}</th>`)
          .join('')}</tr></thead><tbody>${names.map((_, right) => row(right)).join('')}</tbody></table><br>`;
  const each = shownFigures(confusion).map(
    ({ support, precision, recall, f1 }, i) =>
      `<tr><th scope="row">${names[i]}</th><td>${formatCount(support)}</td><td>${formatPercent(precision)}</td><td>${formatPercent(recall)}</td><td>${formatPercent(f1)}</td></tr>`,
  );
  return `${matrix}<table><caption>Each class on the ${part} part</caption><thead><tr><th scope="col" class="text">Class</th><th scope="col">Examples</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th></tr></thead><tbody>${each.join('')}</tbody></table>`;
}
