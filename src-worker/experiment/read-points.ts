import type { PaintedPoints, PointsTask } from './document';
import { describeValue, pathTo, type Findings } from './findings';
import { readName, readObject } from './read';

/** As many as a document holds without becoming a data file. */
export const MOST_POINTS = 5_000;

const tasks: readonly PointsTask[] = ['classes', 'regression', 'curve'];

/** Reads points painted by hand: lists of the same length, numbers for coordinates, and targets that fit the task. */
export function readPoints(value: unknown, path: string, findings: Findings): PaintedPoints {
  const points = readObject(value, path, ['task', 'x', 'y', 'target'], findings);
  const given = points.get('task');
  const task = (
    given === undefined
      ? 'classes'
      : (readName(given, pathTo(path, 'task'), tasks, 'unknown-choice', findings) ?? 'classes')
  ) as PointsTask;
  const list = (name: 'x' | 'y' | 'target', isGood: (item: unknown) => boolean, what: string): readonly unknown[] =>
    readEach(points.get(name), pathTo(path, name), isGood, what, findings);
  const x = list('x', isCoordinate, 'numbers');
  const y = list('y', isCoordinate, 'numbers');
  const target = list(
    'target',
    task === 'classes' ? isClass : isCoordinate,
    task === 'classes' ? 'classes' : 'numbers',
  );
  const targets = task === 'curve' ? 0 : x.length;
  if (y.length !== x.length || target.length !== targets) {
    findings.add(
      'points',
      path,
      `${path} has ${x.length} x, ${y.length} y and ${target.length} targets, which do not belong together.`,
      task === 'curve' ? 'A curve has as many x as y, and no targets.' : 'Give every point an x, a y and a target.',
    );
  }
  return { task, x: x as readonly number[], y: y as readonly number[], target: target as PaintedPoints['target'] };
}

/** Coordinates survive the way through float32. */
function isCoordinate(item: unknown): boolean {
  return typeof item === 'number' && Math.abs(item) <= 1e30;
}

function isClass(item: unknown): boolean {
  return isCoordinate(item) || (typeof item === 'string' && item.trim() !== '' && item.length <= 200);
}

function readEach(
  value: unknown,
  path: string,
  isGood: (item: unknown) => boolean,
  what: string,
  findings: Findings,
): readonly unknown[] {
  if (value === undefined) return [];
  const list: readonly unknown[] | null = Array.isArray(value) && value.length <= MOST_POINTS ? value : null;
  const wrong = list?.findIndex((item) => !isGood(item)) ?? -1;
  if (list !== null && wrong === -1) return list;
  const found = list === null ? describeValue(value) : `${describeValue(list[wrong])} at place ${wrong + 1}`;
  findings.add(
    'points',
    path,
    `${path} must be a list of up to ${MOST_POINTS.toLocaleString('en')} ${what}, but is ${found}.`,
    'Paint the points anew, or mend the list.',
  );
  return [];
}
