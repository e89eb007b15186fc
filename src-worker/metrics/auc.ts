import type { MetricDefinition } from './metric';

/**
 * Area under the ROC curve of the second class: the probability that a random example of it gets a larger output than a
 * random example of the first, equal outputs counting half.
 *
 *   AUC = (Σ_{i of class 1} rank_i − n₁ (n₁ + 1) / 2) / (n₀ n₁)
 *
 * with ranks from 1 over all outputs, equal outputs sharing the mean of theirs: the Mann–Whitney statistic.
 */
export const auc: MetricDefinition<'auc'> = {
  kind: 'auc',
  label: 'ROC AUC',
  summary: 'How well the output ranks the two classes, whatever the threshold: 0.5 is chance, 1 is perfect.',
  fields: [],
  equation: '\\frac{\\sum_{i: c^{(i)} = 1} r_i - n_1 (n_1 + 1) / 2}{n_0\\, n_1}',
  source: 'Hanley and McNeil, Radiology 143 (1982)',
  tasks: ['binary'],
  minimumColumns: 1,
  unit: 'share',

  measure({ yHat, y, rows, columns }) {
    // With two outputs their difference ranks as the probability of the second class does.
    const score = (row: number): number =>
      columns === 1 ? yHat[row]! : yHat[row * columns + 1]! - yHat[row * columns]!;
    const scores = Float64Array.from({ length: rows }, (_, row) => score(row));
    if (scores.some(Number.isNaN)) return NaN;
    const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
    let positives = 0;
    let ranks = 0;
    for (let from = 0; from < rows;) {
      let to = from;
      while (to < rows && scores[order[to]!] === scores[order[from]!]) to++;
      for (let i = from; i < to; i++) {
        if (y[order[i]! * columns + columns - 1]! < 0.5) continue;
        positives++;
        ranks += (from + 1 + to) / 2;
      }
      from = to;
    }
    return (ranks - (positives * (positives + 1)) / 2) / (positives * (rows - positives));
  },
};
