import type { Predictions } from './metric';
import { predictedClass } from './predicted-class';

/** How often each class was taken for which, and what follows from it. */
export interface Confusion {
  /** Classes: the outputs, or 2 for a single one. */
  readonly classes: number;
  /** `[classes, classes]`: row the right class, column the answer. Fresh; the caller owns it. */
  readonly counts: Uint32Array;
  /** Per class the rows of it that got no answer, because an output was not a number. */
  readonly unanswered: Uint32Array;
}

/** Counts the answers of a part, class by class. */
export function confusionMatrix({ yHat, y, rows, columns }: Predictions): Confusion {
  const classes = columns === 1 ? 2 : columns;
  const counts = new Uint32Array(classes * classes);
  const unanswered = new Uint32Array(classes);
  for (let row = 0; row < rows; row++) {
    const right = predictedClass(y, row, columns);
    const answer = predictedClass(yHat, row, columns);
    if (answer === -1) unanswered[right]!++;
    else counts[right * classes + answer]!++;
  }
  return { classes, counts, unanswered };
}

/** What is said of one class. */
export interface ClassFigures {
  /** Rows of this class. */
  readonly support: number;
  /** Of the rows answered with this class, the share that are of it: TP / (TP + FP); 0 where none were. */
  readonly precision: number;
  /** Of the rows of this class, the share that were answered with it: TP / (TP + FN); 0 where there are none. */
  readonly recall: number;
  /** Their harmonic mean 2 P R / (P + R); 0 where both are. */
  readonly f1: number;
}

/** Precision, recall and F1 of each class. */
export function classFigures({ classes, counts, unanswered }: Confusion): ClassFigures[] {
  return Array.from({ length: classes }, (_, c) => {
    const truePositives = counts[c * classes + c]!;
    let answered = 0;
    let support = unanswered[c]!;
    for (let other = 0; other < classes; other++) {
      answered += counts[other * classes + c]!;
      support += counts[c * classes + other]!;
    }
    const precision = answered === 0 ? 0 : truePositives / answered;
    const recall = support === 0 ? 0 : truePositives / support;
    return {
      support,
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    };
  });
}

/**
 * A figure averaged over the classes, each counting alike whatever its size (the macro average); a class that occurs neither
 * in the targets nor in the answers does not count. NaN where no class does.
 */
export function macroAverage(predictions: Predictions, figure: 'precision' | 'recall' | 'f1'): number {
  const confusion = confusionMatrix(predictions);
  const { classes, counts } = confusion;
  const present = classFigures(confusion).filter(
    ({ support }, c) =>
      support > 0 || Array.from({ length: classes }, (_, other) => counts[other * classes + c]!).some(Boolean),
  );
  return present.reduce((sum, figures) => sum + figures[figure], 0) / present.length;
}
