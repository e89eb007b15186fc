import type { Part } from '../engine';
import type { Problem } from '../problem';
import { pathOf } from './column-decisions';

/** From so many examples of the largest class to one of the smallest on, accuracy alone misleads. */
const UNEVEN = { two: 4, several: 10 } as const;

/** With more classes than this, small parts lack some of them as a matter of course. */
const MOST_NAMED = 100;

/**
 * What to say of classes that are missing from a part, or far apart in size.
 *
 * @param counts examples of each class, by part
 */
export function warnOfClasses(
  classes: readonly string[],
  counts: Readonly<Record<Part, Uint32Array>>,
  target: string,
): readonly Problem[] {
  if (classes.length === 0) return [];
  const path = pathOf(target);
  const warnings: Problem[] = [];
  const missingFrom = (part: Part): readonly string[] => classes.filter((_, index) => counts[part][index] === 0);
  const unseen = missingFrom('train');
  if (unseen.length > 0) {
    warnings.push({
      code: 'data/class-not-in-training',
      message: `The training part has no example of ${named(unseen)}, so no answer can ever be that.`,
      hint: 'Add examples of it, or change the split.',
      path,
    });
  }
  for (const part of ['dev', 'test'] as const) {
    const empty = counts[part].every((count) => count === 0);
    const absent = missingFrom(part).filter((name) => !unseen.includes(name));
    if (empty || absent.length === 0 || classes.length > MOST_NAMED) continue;
    warnings.push({
      code: 'data/class-not-in-part',
      message: `The ${part} part has no example of ${named(absent)}, so its score says nothing about that.`,
      hint: 'Stratify the split, give the part a larger share, or add examples.',
      path: 'data.split',
    });
  }
  return [...warnings, ...warnOfImbalance(classes, counts, target)];
}

function warnOfImbalance(
  classes: readonly string[],
  counts: Readonly<Record<Part, Uint32Array>>,
  target: string,
): readonly Problem[] {
  const totals = classes.map((_, index) => counts.train[index]! + counts.dev[index]! + counts.test[index]!);
  const all = totals.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...totals);
  const least = Math.min(...totals.filter((count) => count > 0));
  if (most < (classes.length === 2 ? UNEVEN.two : UNEVEN.several) * least) return [];
  return [
    {
      code: 'data/imbalance',
      message: `${Math.round((100 * most) / all)} % of the examples are of one class, ${target} = ${classes[totals.indexOf(most)]}: always saying so is right as often.`,
      hint: 'Compare accuracies with that, and try balanced class weights in the training settings.',
      path: 'training.classWeights',
    },
  ];
}

function named(classes: readonly string[]): string {
  return classes.slice(0, 5).join(', ') + (classes.length > 5 ? ', …' : '');
}
