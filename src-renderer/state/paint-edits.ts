import type { DenseSpec, Experiment, LayerSpec, NetworkSpec, PaintedPoints, PointsTask } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { MOST_POINTS } from '../../src-worker/experiment/read-points';
import { ProblemError } from '../../src-worker/problem';

/** One dab of the brush, in the units of the plane. */
export interface Dab {
  readonly x: number;
  readonly y: number;
}

const EMPTY: PaintedPoints = { task: 'classes', x: [], y: [], target: [] };
/** Names of classes in the order of their keys, which is the order that data sort them in. */
export const CLASS_NAMES: readonly string[] = [...'ABCDEFGHI'];
/** Examples of one update, where there are as many points. */
const BATCH = 16;
/** Decimal places of a painted coordinate: finer than a pixel. */
const PLACES = 3;

/** A document that waits for its first point: a small network and settings under which a few dozen points are learned in seconds. */
export function paintingDocument(): Experiment {
  const outcome = parseExperiment({
    name: 'painted points',
    data: { source: { points: EMPTY }, split: { train: 1, dev: 0, test: 0 } },
    network: {
      layers: [
        { kind: 'dense', units: 6, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'sigmoid' },
      ],
    },
    training: { optimizer: { kind: 'adam', learningRate: 0.03 }, batchSize: batchFor(EMPTY), epochs: 400 },
  });
  if (!outcome.ok) throw new ProblemError(outcome.problems[0]!, ...outcome.problems.slice(1));
  return outcome.value;
}

/** The painted points of a document; null where its data come from elsewhere. */
export function pointsOf({ data: { source } }: Experiment): PaintedPoints | null {
  return 'points' in source ? source.points : null;
}

/** The document with more points, of a class or with a value; those beyond the most that a document holds are left away. */
export function withPoints(document: Experiment, dabs: readonly Dab[], target: string | number): Experiment {
  const points = pointsOf(document);
  const added = points === null ? [] : dabs.slice(0, Math.max(0, MOST_POINTS - points.x.length));
  if (points === null || added.length === 0) return document;
  return withPainted(document, {
    task: points.task,
    x: [...points.x, ...added.map(({ x }) => rounded(x))],
    y: [...points.y, ...added.map(({ y }) => rounded(y))],
    target: points.task === 'curve' ? [] : [...points.target, ...added.map(() => target)],
  });
}

/** The document without some of its points. */
export function withoutPoints(document: Experiment, erased: Iterable<number>): Experiment {
  const points = pointsOf(document);
  const indices = new Set(erased);
  if (points === null || indices.size === 0) return document;
  const keep = <T>(list: readonly T[]): readonly T[] => list.filter((_, index) => !indices.has(index));
  return withPainted(document, {
    task: points.task,
    x: keep(points.x),
    y: keep(points.y),
    target: keep(points.target),
  });
}

/** The document with the same points for another task. */
export function withTask(document: Experiment, task: PointsTask): Experiment {
  const points = pointsOf(document);
  if (points === null || points.task === task) return document;
  return withPainted(document, { ...points, task, target: targetsAs[task](points) });
}

/** What points of another task become: negative values the first class and all others the second, classes values from −1 to 1. */
const targetsAs = {
  curve: () => [],
  classes: ({ task, x, target }) =>
    x.map((_, index) => (task === 'regression' && Number(target[index]) >= 0 ? CLASS_NAMES[1]! : CLASS_NAMES[0]!)),
  regression(points) {
    const classes = classesIn(points);
    // A curve's height is the number that it has.
    if (points.task === 'curve') return points.y;
    return points.target.map((name) => (2 * classes.indexOf(String(name))) / Math.max(1, classes.length - 1) - 1);
  },
} satisfies Record<PointsTask, (points: PaintedPoints) => readonly (string | number)[]>;

/** The classes that have points, in the order of the network's outputs; none of points that have numbers. */
export function classesIn(points: PaintedPoints): readonly string[] {
  if (points.task !== 'classes') return [];
  return [...new Set(points.target.map(String))].sort();
}

function withPainted(document: Experiment, points: PaintedPoints): Experiment {
  // Places count the points, and those that were singled out are others now.
  const data = { ...document.data, source: { points }, excluded: [], relabelled: {} };
  const { training } = document;
  // A batch of all few points grows with them; one that the person chose stays.
  const follows = training.batchSize === batchFor(pointsOf(document) ?? EMPTY);
  const classes = points.task === 'classes' ? Math.max(2, classesIn(points).length) : 0;
  return {
    ...document,
    data,
    network: withOutputs(document.network, classes),
    training: follows ? { ...training, batchSize: batchFor(points) } : training,
  };
}

function batchFor({ x }: PaintedPoints): number {
  return Math.max(1, Math.min(BATCH, x.length));
}

/** The network with an output layer and a loss for so many classes, 0 for a number; as it is where they fit already. */
function withOutputs(network: NetworkSpec, classes: number): NetworkSpec {
  const last = network.layers.at(-1);
  if (last?.kind !== 'dense') return network;
  const wanted = outputFor(classes);
  const fits = last.units === wanted.units || (classes === 2 && last.units === 2);
  if (fits && last.activation === wanted.activation) return network;
  if (fits && classes === 2 && last.activation === 'softmax') return network;
  const output: DenseSpec = { ...last, units: wanted.units, activation: wanted.activation };
  const layers: readonly LayerSpec[] = [...network.layers.slice(0, -1), output];
  return { ...network, layers, loss: wanted.loss };
}

function outputFor(classes: number): Pick<DenseSpec, 'units' | 'activation'> & Pick<NetworkSpec, 'loss'> {
  if (classes === 0) return { units: 1, activation: 'identity', loss: 'squared' };
  if (classes === 2) return { units: 1, activation: 'sigmoid', loss: 'logistic' };
  return { units: classes, activation: 'softmax', loss: 'cross-entropy' };
}

function rounded(value: number): number {
  return Number(value.toFixed(PLACES));
}
