import Papa from 'papaparse';
import type { Prediction, Preprocessing } from '../../src-worker/api';

/**
 * Predictions as CSV: the target's name over the answers, then one column per output, `p(class)` for classes. Texts that a
 * spreadsheet would run as a formula are quoted with an apostrophe; numbers never are.
 *
 * @param names what each answer is about, such as the file of an image, for a first column; null where the rows are counted
 */
export function encodePredictions(
  { task, target: { name, classes } }: Preprocessing,
  predictions: readonly Prediction[],
  names: readonly string[] | null = null,
): Uint8Array {
  const outputs = predictions[0]?.outputs.length ?? 0;
  // One sigmoid unit gives the probability of the second class; regression's one output is the answer before its units.
  const named = outputs === 1 ? classes.slice(1) : classes;
  const probabilities = task === 'regression' ? [] : named.slice(0, outputs).map((each) => `p(${each})`);
  const rows = predictions.map((prediction, index) => [
    ...(names === null ? [] : [names[index] ?? '']),
    prediction.answer,
    ...(task === 'regression' ? [] : prediction.outputs),
  ]);
  const fields = [...(names === null ? [] : ['file']), name, ...probabilities];
  const csv = Papa.unparse({ fields, data: rows }, { newline: '\n', escapeFormulae: true });
  return new TextEncoder().encode(`${csv}\n`);
}
