import type { Assessment } from '../../src-worker/api';

type Answers = Pick<NonNullable<Assessment['confusion']>, 'counts' | 'figures'>;

/** What is said of one class; null where there is nothing to divide by, which is no score of 0. */
export interface ShownFigures {
  readonly support: number;
  /** TP / (TP + FP): null where nothing was answered with this class. */
  readonly precision: number | null;
  /** TP / (TP + FN): null where the part has no example of it. */
  readonly recall: number | null;
  /** 2 TP / (2 TP + FP + FN): null where both are so. */
  readonly f1: number | null;
}

/** The figures of each class as tables show them. */
export function shownFigures({ counts, figures }: Answers): readonly ShownFigures[] {
  const K = figures.length;
  return figures.map(({ support, precision, recall, f1 }, c) => {
    const answered = figures.some((_, right) => counts[right * K + c]! > 0);
    return {
      support,
      precision: answered ? precision : null,
      recall: support > 0 ? recall : null,
      f1: answered || support > 0 ? f1 : null,
    };
  });
}
