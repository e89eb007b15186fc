import { expect, test } from 'vitest';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { classesIn, paintingDocument, pointsOf, withoutPoints, withPoints, withTask } from './paint-edits';

const empty = paintingDocument();

test('a painting begins as a document that can be read again', () => {
  expect(pointsOf(empty)!.x).toEqual([]);
  const again = parseExperiment(JSON.parse(JSON.stringify(empty)));
  expect(again.ok && again.value).toEqual(empty);
});

test('points are added with their class, and taken away', () => {
  const two = withPoints(withPoints(empty, [{ x: 0.12345, y: -1 }], 'B'), [{ x: 0.5, y: 0.5 }], 'A');
  expect(pointsOf(two)).toEqual({ task: 'classes', x: [0.123, 0.5], y: [-1, 0.5], target: ['B', 'A'] });
  expect(classesIn(pointsOf(two)!)).toEqual(['A', 'B']);
  expect(pointsOf(withoutPoints(two, new Set([0])))).toEqual({ task: 'classes', x: [0.5], y: [0.5], target: ['A'] });
  expect(withoutPoints(two, new Set())).toBe(two);
  expect(pointsOf(empty)!.x).toEqual([]);
});

test('the output layer follows the number of classes, and hidden layers stay', () => {
  const three = ['A', 'B', 'C'].reduce((document, name) => withPoints(document, [{ x: 0, y: 0 }], name), empty);
  expect(three.network.layers.at(-1)).toMatchObject({ units: 3, activation: 'softmax' });
  expect(three.network.loss).toBe('cross-entropy');
  expect(three.network.layers[0]).toBe(empty.network.layers[0]);
  const back = withoutPoints(three, new Set([2]));
  expect(back.network.layers.at(-1)).toMatchObject({ units: 1, activation: 'sigmoid' });
  expect(back.network.loss).toBe('logistic');
});

test('a curve has no classes, one number comes out, and nobody else’s network is touched twice', () => {
  const curve = withTask(withPoints(empty, [{ x: 0, y: 1 }], 'B'), 'curve');
  expect(pointsOf(curve)).toEqual({ task: 'curve', x: [0], y: [1], target: [] });
  expect(curve.network.layers.at(-1)).toMatchObject({ units: 1, activation: 'identity' });
  expect(curve.network.loss).toBe('squared');
  expect(withPoints(curve, [{ x: 1, y: 1 }], 'A').network).toBe(curve.network);
  expect(pointsOf(withTask(curve, 'classes'))!.target).toEqual(['A']);
});

test('numbers over the plane keep their values, and classes become numbers from −1 to 1', () => {
  const numbers = withPoints(withTask(empty, 'regression'), [{ x: 0, y: 1 }], 0.25);
  expect(pointsOf(numbers)).toEqual({ task: 'regression', x: [0], y: [1], target: [0.25] });
  expect(numbers.network.layers.at(-1)).toMatchObject({ units: 1, activation: 'identity' });
  expect(numbers.network.loss).toBe('squared');
  expect(parseExperiment(JSON.parse(JSON.stringify(numbers))).ok).toBe(true);
  expect(classesIn(pointsOf(numbers)!)).toEqual([]);

  const three = ['C', 'A', 'B'].reduce((document, name) => withPoints(document, [{ x: 0, y: 0 }], name), empty);
  const valued = withTask(three, 'regression');
  expect(pointsOf(valued)!.target).toEqual([1, -1, 0]);
  expect(pointsOf(withTask(valued, 'classes'))!.target).toEqual(['B', 'A', 'B']);
  expect(pointsOf(withTask(withTask(valued, 'curve'), 'regression'))!.target).toEqual([0, 0, 0]);
});

test('a batch is never larger than the few points that there are, unless the person says so', () => {
  const five = withPoints(
    empty,
    Array.from({ length: 5 }, (_, n) => ({ x: n, y: n })),
    'A',
  );
  expect(five.training.batchSize).toBe(5);
  const thirty = withPoints(
    five,
    Array.from({ length: 25 }, (_, n) => ({ x: n, y: n })),
    'B',
  );
  expect(thirty.training.batchSize).toBe(16);
  expect(
    withoutPoints(
      thirty,
      Array.from({ length: 27 }, (_, n) => n),
    ).training.batchSize,
  ).toBe(3);
  const own = { ...five, training: { ...five.training, batchSize: 2 } };
  expect(withPoints(own, [{ x: 0, y: 0 }], 'A').training).toBe(own.training);
});

test('a document holds 5,000 points and no more', () => {
  const dabs = Array.from({ length: 6000 }, (_, n) => ({ x: n, y: n }));
  const full = withPoints(empty, dabs, 'A');
  expect(pointsOf(full)!.x.length).toBe(5000);
  expect(withPoints(full, dabs, 'A')).toBe(full);
});
