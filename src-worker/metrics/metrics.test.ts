import { describe, expect, test } from 'vitest';
import type { MetricKind, Task } from '../api';
import file from '../golden/metrics.json';
import { createRandom } from '../random';
import type { Golden } from '../testing/golden';
import { classFigures, confusionMatrix } from './confusion';
import { measureAll, metrics, type Predictions } from './index';
import { predictedClass } from './predicted-class';
import { topKAccuracy } from './top-k';

interface MetricCase {
  readonly name: string;
  readonly task: Task;
  readonly columns: number;
  readonly deviation?: number;
  readonly yHat: readonly number[];
  readonly y: readonly number[];
  readonly expected: Partial<Record<MetricKind, number | null>>;
  readonly confusion?: readonly number[];
  readonly figures?: readonly object[];
}

const golden = file as unknown as Golden<MetricCase>;

const predictions = (yHat: readonly number[], y: readonly number[], columns: number, deviation = 1): Predictions => ({
  yHat: Float64Array.from(yHat),
  y: Float64Array.from(y),
  rows: y.length / columns,
  columns,
  deviation,
});

describe('against scikit-learn', () => {
  test.each(golden.cases)('$name: every metric, and null for those of other tasks', (example) => {
    const given = predictions(example.yHat, example.y, example.columns, example.deviation);
    const measured = measureAll(example.task, given);
    for (const kind of Object.keys(metrics) as MetricKind[]) {
      const expected = example.expected[kind] ?? null;
      if (expected === null) expect(measured[kind], kind).toBeNull();
      else expect(measured[kind], kind).toBeCloseTo(expected, 12);
    }
  });

  test.each(golden.cases.filter(({ confusion }) => confusion !== undefined))('$name: class by class', (example) => {
    const confusion = confusionMatrix(predictions(example.yHat, example.y, example.columns));
    expect([...confusion.counts]).toEqual(example.confusion);
    const figures = classFigures(confusion);
    expect(figures).toHaveLength(example.figures!.length);
    figures.forEach((figure, c) => {
      for (const [name, value] of Object.entries(example.figures![c]!)) {
        expect(figure[name as keyof typeof figure], `class ${c}: ${name}`).toBeCloseTo(value as number, 12);
      }
    });
  });
});

describe('accuracy', () => {
  const measure = (yHat: number[], y: number[], columns: number): number =>
    metrics.accuracy.measure(predictions(yHat, y, columns));

  test('one output means class 1 from 0.5 on', () => {
    expect(measure([0.5, 0.49, 0.9, 0.1], [1, 0, 0, 1], 1)).toBe(0.5);
  });

  test('several outputs mean the largest, the first of equal ones', () => {
    expect(measure([0.2, 0.5, 0.3, 0.4, 0.4, 0.2], [0, 1, 0, 1, 0, 0], 3)).toBe(1);
    expect(measure([0.4, 0.4, 0.2], [0, 1, 0], 3)).toBe(0);
  });

  test('an output that is not a number is never right', () => {
    expect(measure([NaN, NaN], [0, 1], 1)).toBe(0);
    expect(measure([NaN, 1, NaN, 1], [1, 0, 0, 1], 2)).toBe(0);
    expect(predictedClass(Float64Array.of(NaN), 0, 1)).toBe(-1);
  });

  test('is top-k with k = 1, and top-k with all classes is 1', () => {
    const random = createRandom(3, 'top-k');
    const y = Array.from({ length: 40 }, () => random.integer(5)).flatMap((c) =>
      [0, 1, 2, 3, 4].map((k) => Number(k === c)),
    );
    const yHat = y.map((value) => Math.round(4 * (random.normal() + value)) / 4);
    const given = predictions(yHat, y, 5);
    expect(topKAccuracy(given, 1)).toBe(metrics.accuracy.measure(given));
    expect(topKAccuracy(given, 5)).toBe(1);
  });
});

test('an output that is not a number counts against its class and is nobody’s answer', () => {
  const confusion = confusionMatrix(predictions([NaN, 0.9, 0.1], [1, 1, 0], 1));
  expect([...confusion.counts]).toEqual([1, 0, 0, 1]);
  expect([...confusion.unanswered]).toEqual([0, 1]);
  expect(classFigures(confusion)[1]).toEqual({ support: 2, precision: 1, recall: 0.5, f1: 2 / 3 });
});

test('a class that occurs nowhere does not pull the macro average down', () => {
  const oneHot = [1, 0, 0, 0, 1, 0];
  expect(metrics.f1.measure(predictions(oneHot, oneHot, 3))).toBe(1);
});

describe('what is not defined', () => {
  test('of nothing: NaN where a run is judged by it, null elsewhere', () => {
    const nothing = predictions([], [], 1);
    expect(measureAll('regression', nothing)).toMatchObject({ rmse: NaN, mae: null, r2: null, accuracy: null });
    expect(measureAll('binary', nothing)).toMatchObject({ accuracy: NaN, auc: null, f1: null, rmse: null });
  });

  test('AUC of a part with one class, R² of targets that are all equal', () => {
    expect(measureAll('binary', predictions([0.2, 0.7], [1, 1], 1)).auc).toBeNull();
    expect(measureAll('regression', predictions([1, 2], [3, 3], 1)).r2).toBeNull();
  });

  test('AUC stays the same under any monotone change of the outputs', () => {
    const random = createRandom(4, 'auc');
    const y = Array.from({ length: 50 }, () => random.integer(2));
    const yHat = y.map((value) => value + 2 * random.normal());
    const area = metrics.auc.measure(predictions(yHat, y, 1));
    expect(area).toBeGreaterThan(0.5);
    expect(
      metrics.auc.measure(
        predictions(
          yHat.map((value) => Math.exp(value / 3)),
          y,
          1,
        ),
      ),
    ).toBe(area);
    expect(
      metrics.auc.measure(
        predictions(
          yHat.map((value) => -value),
          y,
          1,
        ),
      ),
    ).toBeCloseTo(1 - area, 12);
  });
});
