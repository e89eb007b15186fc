import Papa from 'papaparse';
import type { Prediction, Preprocessing } from '../api';

/**
 * What the outputs of an answer are called: `p(class)` for classes; none for regression, whose one output is the answer before its
 * units. One sigmoid unit gives the probability of the second class.
 */
export function outputNames({ task, target: { classes } }: Preprocessing, outputs: number): readonly string[] {
  if (task === 'regression') return [];
  const named = outputs === 1 ? classes.slice(1) : classes;
  return named.slice(0, outputs).map((each) => `p(${each})`);
}

/**
 * The first line of predictions as CSV: the target's name, then one column per output.
 * @param named whether the answers have names, which then come first
 */
export function predictionHeader(preprocessing: Preprocessing, outputs: number, named: boolean): string {
  const { name } = preprocessing.target;
  return lines([[...(named ? ['file'] : []), name, ...outputNames(preprocessing, outputs)]]);
}

/**
 * Predictions as lines of CSV. Texts that a spreadsheet would run as a formula are quoted with an apostrophe; numbers never are.
 * @param names what each answer is about, such as the file of an image, for a first column; null where the rows are counted
 */
export function predictionLines(
  { task }: Preprocessing,
  predictions: readonly Prediction[],
  names: readonly string[] | null = null,
): string {
  return lines(
    predictions.map(({ answer, outputs }, index) => [
      ...(names === null ? [] : [names[index] ?? '']),
      answer,
      ...(task === 'regression' ? [] : outputs),
    ]),
  );
}

function lines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.length === 0
    ? ''
    : `${Papa.unparse(rows as (string | number)[][], { newline: '\n', escapeFormulae: true })}\n`;
}
