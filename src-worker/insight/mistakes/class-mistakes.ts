import { classFigures, confusionMatrix } from '../../metrics/confusion';
import type { Predictions } from '../../metrics';
import { predictedClass } from '../../metrics/predicted-class';
import type { Calibration, ClassMistakes, RocCurve } from './mistakes-types';
import { reliability } from './reliability';
import { rocCurve } from './roc';

/** Scores that are sorted for ROC curves; of more classes than fit, nobody looks at each. */
const MOST_SCORES = 20_000_000;

/**
 * What is said of answers with classes; in pieces, a class at a time.
 * @param probabilities whether the outputs are probabilities
 */
export function* classMistakes(
  predictions: Predictions,
  classes: readonly string[],
  probabilities: boolean,
): Generator<undefined, ClassMistakes> {
  const confusion = confusionMatrix(predictions);
  const { counts, unanswered } = confusion;
  const figures = classFigures(confusion);
  yield;
  const right = Int32Array.from({ length: predictions.rows }, (_, row) =>
    predictedClass(predictions.y, row, predictions.columns),
  );
  const roc: (RocCurve | null)[] = [];
  const byClass: Calibration['classes'][number][] = [];
  const countable = predictions.rows * confusion.classes <= MOST_SCORES;
  for (let c = 0; c < confusion.classes; c++) {
    const scores = scoresOf(predictions, c);
    const came = Uint8Array.from(right, (index) => Number(index === c));
    roc.push(
      countable
        ? rocCurve(
            scores.filter((_, row) => came[row] === 1),
            scores.filter((_, row) => came[row] === 0),
          )
        : null,
    );
    if (probabilities) byClass.push(reliability(scores, came));
    yield;
  }
  const calibration = probabilities ? { answers: reliabilityOfAnswers(predictions, right), classes: byClass } : null;
  return { classes, counts, unanswered, figures, roc, calibration };
}

/** The output for a class; of a single unit the rest for the first of its two classes. */
export function scoreOf({ yHat, columns }: Predictions, row: number, c: number): number {
  if (columns > 1) return yHat[row * columns + c]!;
  return c === 1 ? yHat[row]! : 1 - yHat[row]!;
}

function scoresOf(predictions: Predictions, c: number): Float64Array {
  return Float64Array.from({ length: predictions.rows }, (_, row) => scoreOf(predictions, row, c));
}

function reliabilityOfAnswers(predictions: Predictions, right: Int32Array): Calibration['answers'] {
  const { rows, yHat, columns } = predictions;
  const answers = Int32Array.from({ length: rows }, (_, row) => predictedClass(yHat, row, columns));
  const scores = Float64Array.from(answers, (answer, row) => (answer === -1 ? NaN : scoreOf(predictions, row, answer)));
  return reliability(
    scores,
    Uint8Array.from(answers, (answer, row) => Number(answer === right[row])),
  );
}
