import type { RowView } from '../../../src-worker/api';
import { formatCell } from '../../charts/format';
import type { GridCell } from './grid-types';

/**
 * A cell as it was read.
 * @param kept whether the column still has its texts; else only the first rows have one
 * @param given the target that the document gives this row instead
 */
export function rawCell(text: string | null | undefined, kept: boolean, given: string | number | undefined): GridCell {
  if (given !== undefined) {
    return { text: String(given), tone: 'changed', title: `${given}; in the file: ${text ?? 'nothing'}` };
  }
  if (text !== null && text !== undefined) return { text };
  return kept
    ? { text: '–', tone: 'hole', title: 'missing' }
    : { text: '…', tone: 'hole', title: 'Texts of which there are too many different ones are not kept.' };
}

/** A number as the network sees it; NaN is the target of a row without one. */
export function inputCell(value: number | undefined): GridCell {
  if (value === undefined || Number.isNaN(value)) return { text: '–', tone: 'hole', title: 'missing' };
  return { text: formatCell(value), title: String(value) };
}

/** What the network says to a row, and whether that is its target. */
export function answerCell({ answer, target }: RowView): GridCell {
  if (answer === null) return { text: '–', tone: 'hole' };
  if (typeof answer === 'number') return { text: formatCell(answer), title: String(answer) };
  return answer === target || target === null
    ? { text: answer }
    : { text: answer, tone: 'wrong', title: `${answer}, but it is ${target}` };
}
