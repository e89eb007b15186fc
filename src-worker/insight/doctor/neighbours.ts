import type { Neighbours } from './doctor-types';

/** Rows of the training part as the network sees them, with their answers: class numbers, or the target's own units. */
export interface Table {
  readonly x: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly answers: readonly number[];
  /** 0 for a regression. */
  readonly classes: number;
}

const NEAREST = 5;
const FEWEST_ROWS = 30;

/**
 * Answers every row by the five other rows nearest to it, all columns brought to deviation 1: by their vote, or by their mean.
 * Source: T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd ed. 2009, equation (2.8).
 */
export function neighboursOf({ x, rows, columns, answers, classes }: Table): Neighbours | null {
  if (rows < FEWEST_ROWS) return null;
  const scaled = standardise(x, rows, columns);
  let right = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const nearest = nearestTo(scaled, row, rows, columns);
    if (classes === 0) {
      const mean = nearest.reduce((sum, other) => sum + answers[other]!, 0) / nearest.length;
      squares += (mean - answers[row]!) ** 2;
    } else {
      const votes = new Array<number>(classes).fill(0);
      for (const other of nearest) votes[answers[other]!]! += 1;
      if (votes.indexOf(Math.max(...votes)) === answers[row]) right++;
    }
  }
  return { rows, score: classes === 0 ? Math.sqrt(squares / rows) : right / rows };
}

function nearestTo(x: Float64Array, row: number, rows: number, columns: number): readonly number[] {
  const found: { readonly other: number; readonly distance: number }[] = [];
  for (let other = 0; other < rows; other++) {
    if (other === row) continue;
    const limit = found.length < NEAREST ? Infinity : found.at(-1)!.distance;
    let distance = 0;
    for (let c = 0; c < columns && distance < limit; c++) {
      distance += (x[row * columns + c]! - x[other * columns + c]!) ** 2;
    }
    if (distance >= limit) continue;
    if (found.length === NEAREST) found.pop();
    const at = found.findIndex((each) => each.distance > distance);
    found.splice(at < 0 ? found.length : at, 0, { other, distance });
  }
  return found.map(({ other }) => other);
}

function standardise(x: Float64Array, rows: number, columns: number): Float64Array {
  const scaled = x.slice();
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += x[row * columns + c]! / rows;
    let variance = 0;
    for (let row = 0; row < rows; row++) variance += (x[row * columns + c]! - mean) ** 2 / rows;
    const deviation = variance > 0 ? Math.sqrt(variance) : 1;
    for (let row = 0; row < rows; row++) scaled[row * columns + c] = (x[row * columns + c]! - mean) / deviation;
  }
  return scaled;
}
