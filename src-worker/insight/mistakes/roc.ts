import type { RocCurve } from './mistakes-types';

/** Points closer than this in FPR + TPR look like one. */
const SHORTEST = 0.005;

/**
 * The ROC curve of some scores: for every threshold t, from the highest down, what share of the negatives and of the positives has a
 * score of at least t. Hanley and McNeil, Radiology 143 (1982); the area is that of the trapezoids, so that equal scores count half.
 *
 * @param positives scores of the examples of the class, sorted in place
 * @param negatives those of all others, sorted in place
 * @param shortest how far a point lies at least from the one before it, in FPR + TPR; 0 keeps all
 * @returns null where one of the two is empty or a score is not a number
 */
export function rocCurve(positives: Float64Array, negatives: Float64Array, shortest = SHORTEST): RocCurve | null {
  const [P, N] = [positives.length, negatives.length];
  // NaN sorts to the end.
  positives.sort();
  negatives.sort();
  if (P === 0 || N === 0 || Number.isNaN(positives[P - 1]) || Number.isNaN(negatives[N - 1])) return null;
  const points: [falsePositive: number, truePositive: number, threshold: number][] = [[0, 0, Infinity]];
  let auc = 0;
  let [truePositives, falsePositives] = [0, 0];
  let [lastTrue, lastFalse] = [0, 0];
  let kept = 0;
  while (truePositives < P || falsePositives < N) {
    const threshold = Math.max(
      positives[P - 1 - truePositives] ?? -Infinity,
      negatives[N - 1 - falsePositives] ?? -Infinity,
    );
    while (truePositives < P && positives[P - 1 - truePositives]! >= threshold) truePositives++;
    while (falsePositives < N && negatives[N - 1 - falsePositives]! >= threshold) falsePositives++;
    const [x, y] = [falsePositives / N, truePositives / P];
    auc += ((x - lastFalse) * (y + lastTrue)) / 2;
    [lastFalse, lastTrue] = [x, y];
    const last = truePositives === P && falsePositives === N;
    if (!last && x + y - kept < shortest) continue;
    kept = x + y;
    points.push([x, y, threshold]);
  }
  return {
    auc,
    falsePositive: Float64Array.from(points, ([x]) => x),
    truePositive: Float64Array.from(points, ([, y]) => y),
    thresholds: Float64Array.from(points, ([, , threshold]) => threshold),
  };
}
