import { describe, expect, test } from 'vitest';
import file from '../../golden/curves.json';
import type { Golden } from '../../testing/golden';
import { classMistakes } from './class-mistakes';
import { exampleLosses } from './example-losses';
import type { ClassMistakes, Reliability } from './mistakes-types';
import { reliability } from './reliability';
import { rocCurve } from './roc';

interface CurvesCase {
  readonly name: string;
  readonly columns: number;
  readonly yHat: readonly number[];
  readonly y: readonly number[];
  readonly losses: readonly number[];
  readonly classes: readonly {
    readonly roc: {
      readonly auc: number;
      readonly falsePositive: readonly number[];
      readonly truePositive: readonly number[];
      readonly thresholds: readonly (number | null)[];
    };
    readonly calibration: {
      readonly counts: readonly number[];
      readonly share: readonly number[];
      readonly confidence: readonly number[];
      readonly error: number;
    };
  }[];
  readonly answers: { readonly counts: readonly number[]; readonly error: number };
}

const golden = file as unknown as Golden<CurvesCase>;
const DIGITS = -Math.log10(golden.tolerance.float64);

function mistakesOf({ yHat, y, columns }: CurvesCase): ClassMistakes {
  const predictions = {
    ...{ yHat: Float64Array.from(yHat), y: Float64Array.from(y) },
    ...{ rows: y.length / columns, columns, deviation: 1 },
  };
  const work = classMistakes(predictions, [], true);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(actual.length, what).toBe(expected.length);
  expected.forEach((value, i) => expect(actual[i], `${what} ${i}`).toBeCloseTo(value, DIGITS));
}

const filled = ({ count }: Reliability, values: Float64Array): Float64Array =>
  values.filter((_, bin) => count[bin]! > 0);

describe('against scikit-learn', () => {
  test.each(golden.cases)(
    '$name: the ROC curve of each class against the rest, point by point',
    ({ classes, ...given }) => {
      classes.forEach(({ roc }, c) => {
        const predictions = { yHat: given.yHat, y: given.y };
        const score = (row: number): number =>
          given.columns > 1
            ? predictions.yHat[row * given.columns + c]!
            : c === 1
              ? predictions.yHat[row]!
              : 1 - predictions.yHat[row]!;
        const isOf = (row: number): boolean =>
          given.columns > 1 ? predictions.y[row * given.columns + c] === 1 : predictions.y[row] === c;
        const rows = Array.from({ length: given.y.length / given.columns }, (_, row) => row);
        const curve = rocCurve(
          Float64Array.from(rows.filter(isOf), score),
          Float64Array.from(
            rows.filter((row) => !isOf(row)),
            score,
          ),
          0,
        )!;
        expect(curve.auc).toBeCloseTo(roc.auc, DIGITS);
        expectClose(curve.falsePositive, roc.falsePositive, `class ${c}: FPR`);
        expectClose(curve.truePositive, roc.truePositive, `class ${c}: TPR`);
        expectClose(curve.thresholds.slice(1), roc.thresholds.slice(1).map(Number), `class ${c}: threshold`);
      });
    },
  );

  test.each(golden.cases)('$name: AUC, calibration curve and its error', (example) => {
    const { roc, calibration } = mistakesOf(example);
    example.classes.forEach((expected, c) => {
      expect(roc[c]!.auc).toBeCloseTo(expected.roc.auc, DIGITS);
      const actual = calibration!.classes[c]!;
      expect([...actual.count]).toEqual(expected.calibration.counts);
      expectClose(filled(actual, actual.share), expected.calibration.share, 'share');
      expectClose(filled(actual, actual.confidence), expected.calibration.confidence, 'confidence');
      expect(actual.error).toBeCloseTo(expected.calibration.error, DIGITS);
    });
    expect([...calibration!.answers.count]).toEqual(example.answers.counts);
    expect(calibration!.answers.error).toBeCloseTo(example.answers.error, DIGITS);
  });

  test.each(golden.cases)('$name: the loss of each example', ({ columns, yHat, y, losses }) => {
    const [kind, activation] =
      columns === 1 ? (['logistic', 'sigmoid'] as const) : (['cross-entropy', 'softmax'] as const);
    // Softmax leaves any shift of z free, sigmoid none.
    const z = Float64Array.from(yHat, (p) => Math.log(p) - (columns === 1 ? Math.log1p(-p) : 0));
    const actual = exampleLosses(kind, activation, z, Float64Array.from(yHat), Float64Array.from(y), columns);
    expectClose(actual, losses, 'loss');
  });
});

describe('what a curve cannot say', () => {
  test('a class without examples, or with nothing else, has no ROC curve; nor has a score that is no number', () => {
    const some = (): Float64Array => Float64Array.of(0.1, 0.7);
    expect(rocCurve(new Float64Array(), some())).toBeNull();
    expect(rocCurve(some(), new Float64Array())).toBeNull();
    expect(rocCurve(Float64Array.of(NaN), some())).toBeNull();
  });

  test('a long curve is thinned to what the eye can tell apart, and keeps its area and its ends', () => {
    const scores = (shift: number): Float64Array =>
      Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i * 7) + shift);
    const whole = rocCurve(scores(0.3), scores(0), 0)!;
    const thinned = rocCurve(scores(0.3), scores(0))!;
    expect(thinned.auc).toBe(whole.auc);
    expect(thinned.thresholds.length).toBeLessThan(410);
    expect([thinned.falsePositive.at(-1), thinned.truePositive.at(-1)]).toEqual([1, 1]);
  });

  test('an outcome that is certain and right has no calibration error; one that is no number counts nowhere', () => {
    expect(reliability([1, 1, 0], [1, 1, 0])).toMatchObject({ error: 0 });
    expect([...reliability([NaN, 1], [0, 1]).count]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

test('a saturated output has the loss of its z, however far it is from right; that of no number is none', () => {
  const of = (z: number, yHat: number): number =>
    exampleLosses('logistic', 'sigmoid', Float64Array.of(z), Float64Array.of(yHat), Float64Array.of(0), 1)[0]!;
  expect(of(238_703, 1)).toBe(238_703);
  expect(of(NaN, NaN)).toBeNaN();
});
