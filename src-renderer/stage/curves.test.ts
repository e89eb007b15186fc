import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../../src-worker/api';
import { curvesToCsv } from './curve-csv';
import { bestDevRecord, curveMetrics, secondMetrics } from './curve-metric';
import { beforeTraining, describeFinding, judgeCurves, type VerdictContext } from './curve-verdict';
import { describeChanges, describeCurve, sampleCurve } from './curve-words';
import { createCatalog } from '../../src-worker/catalog';
import { PLAIN_TRAINING } from '../../src-worker/experiment/defaults';

const NO_METRICS = {
  accuracy: null,
  'top-k': null,
  precision: null,
  recall: null,
  f1: null,
  auc: null,
  rmse: null,
  mae: null,
  r2: null,
};

const context: VerdictContext = { devExamples: 10_000, largestClass: 0.5 };

interface Point {
  train: number;
  dev?: number;
  trainAccuracy?: number;
  devAccuracy?: number;
}

/** A run whose curves are given by functions of the epoch. */
function run(epochs: number, at: (epoch: number) => Point): EpochRecord[] {
  return Array.from({ length: epochs + 1 }, (_, epoch) => {
    const { train, dev, trainAccuracy = 0.9, devAccuracy = 0.9 } = at(epoch);
    return {
      epoch,
      step: epoch * 10,
      train: { ...NO_METRICS, loss: train, accuracy: trainAccuracy },
      dev: dev === undefined ? null : { ...NO_METRICS, loss: dev, accuracy: devAccuracy },
    };
  });
}

const falling = (epoch: number) => 0.2 + 0.5 * 0.97 ** epoch;

describe('judgeCurves', () => {
  it('says nothing before the first epoch', () => {
    expect(judgeCurves([], context)).toBeNull();
    expect(
      judgeCurves(
        run(0, () => ({ train: 0.7, dev: 0.7 })),
        context,
      ),
    ).toBeNull();
  });

  it('does not judge the first epochs', () => {
    expect(
      judgeCurves(
        run(3, (epoch) => ({ train: falling(epoch) })),
        context,
      )?.title,
    ).toContain('Just begun');
  });

  it('praises curves that fall together, with the gap and the best epoch', () => {
    const verdict = judgeCurves(
      run(40, (epoch) => ({ train: falling(epoch), dev: falling(epoch), trainAccuracy: 0.937, devAccuracy: 0.925 })),
      context,
    );
    expect(verdict).toEqual({
      tone: 'good',
      title: 'Learning well. Train and dev stay together.',
      detail: 'Gap 1.2 points over the last 8 epochs. Best dev loss 0.348 at epoch 40.',
    });
  });

  it('sees when nothing moves any more', () => {
    const verdict = judgeCurves(
      run(200, (epoch) => ({ train: falling(5 * epoch), dev: falling(5 * epoch) })),
      context,
    );
    expect(verdict?.title).toBe('Levelled off. Train and dev stay together.');
  });

  it('names a gap only where chance does not explain it', () => {
    const records = run(50, (epoch) => ({
      train: falling(epoch),
      dev: falling(epoch),
      trainAccuracy: 0.97,
      devAccuracy: 0.9,
    }));
    expect(judgeCurves(records, context)?.title).toBe('Train runs ahead of dev.');
    expect(judgeCurves(records, context)?.detail).toContain('Gap 7.0 points over the last 10 epochs');
    // 30 examples at 90 % scatter by 2·√(0.9·0.1/30) = 11 points
    const few = judgeCurves(records, { ...context, devExamples: 30 });
    expect(few?.tone).toBe('good');
    expect(few?.detail).toContain('within the 11.0 points that 30 dev examples scatter by');
  });

  it('sees a loss that does not move', () => {
    expect(
      judgeCurves(
        run(10, () => ({ train: 0.693 })),
        context,
      )?.title,
    ).toContain('Not learning');
  });

  it('is not impressed by the largest class', () => {
    const stuck = run(100, (epoch) => ({ train: epoch === 0 ? 0.9 : 0.6, trainAccuracy: 0.7 }));
    expect(judgeCurves(stuck, { ...context, largestClass: 0.7 })?.title).toContain('one answer for all');
    expect(judgeCurves(stuck, { ...context, largestClass: 0.5 })?.title).toBe('Levelled off.');
  });
});

it('lets the doctor speak first, in red where the run has ended', () => {
  const finding = { ailment: 'leak', sentence: 'A leak.', grounds: 'It tells all.', change: null } as const;
  expect(describeFinding(finding)).toEqual({ tone: 'warning', title: 'A leak.', detail: 'It tells all.' });
  expect(describeFinding({ ...finding, ailment: 'diverged' }).tone).toBe('bad');
});

describe('words for a chart', () => {
  const [loss, accuracy] = curveMetrics('binary', createCatalog().metrics);
  const records = run(100, (epoch) => ({ train: falling(epoch), dev: falling(epoch) }));

  it('say where it began and ended', () => {
    expect(describeCurve(loss, records)).toBe(
      'Loss over 100 epochs: train from 0.700 to 0.224, dev from 0.700 to 0.224; lowest dev loss 0.224 at epoch 100.',
    );
    expect(describeCurve(accuracy, records.slice(0, 1))).toBe(
      'Accuracy before training: train 90.0\u202f%, dev 90.0\u202f%.',
    );
    expect(describeCurve(loss, [])).toBe('Loss: nothing trained yet.');
  });

  it('sample it with both ends', () => {
    expect(sampleCurve(loss, records, 5).map((row) => row.epoch)).toEqual([0, 25, 50, 75, 100]);
  });

  it('offer the metrics of the task that have a value', () => {
    const metrics = curveMetrics('binary', createCatalog().metrics);
    const measured = { ...records[0]!, train: { ...records[0]!.train, f1: 0.5, auc: 0.75 } };
    expect(secondMetrics(metrics, measured).map(({ id }) => id)).toEqual(['accuracy', 'f1', 'auc']);
    expect(secondMetrics(metrics, undefined).map(({ id }) => id)).toEqual(['accuracy']);
    expect(metrics.find(({ id }) => id === 'auc')!.format(0.75)).toBe('75.0\u202f%');
  });

  it('judge regression by RMSE', () => expect(curveMetrics('regression', createCatalog().metrics)[1].id).toBe('rmse'));
});

describe('bestDevRecord', () => {
  it('is the earliest of the lowest, past what is no number', () => {
    const dev = [0.5, 0.3, Number.NaN, 0.3];
    expect(bestDevRecord(run(3, (epoch) => ({ train: 1, dev: dev[epoch]! })))?.epoch).toBe(1);
    expect(bestDevRecord(run(3, () => ({ train: 1 })))).toBeNull();
  });
});

describe('curvesToCsv', () => {
  it('has the columns that exist, in full precision', () => {
    const records = run(1, (epoch) => ({ train: epoch === 0 ? 0.1 + 0.2 : Number.NaN, dev: 0.25 }));
    expect(curvesToCsv(records)).toBe(
      'epoch,step,train loss,train accuracy,dev loss,dev accuracy\r\n' +
        '0,0,0.30000000000000004,0.9,0.25,0.9\r\n' +
        '1,10,NaN,0.9,0.25,0.9\r\n',
    );
  });

  it('leaves out a part that does not exist', () => {
    expect(curvesToCsv(run(0, () => ({ train: 1 }))).split('\r\n')[0]).toBe('epoch,step,train loss,train accuracy');
  });
});

it('says before training what to press, or what to put right', () => {
  expect(beforeTraining(undefined).detail).toContain('Press Train');
  const obstacle = { code: 'x', message: 'Layer 2 has 3 units.', hint: 'Set them to 1.' };
  expect(beforeTraining(obstacle)).toMatchObject({
    title: 'Not trainable yet.',
    detail: 'Layer 2 has 3 units. Set them to 1.',
  });
});

it('speaks the marks where settings changed', () => {
  const to = {
    optimizer: { kind: 'sgd', learningRate: 0.2 },
    batchSize: 1,
    epochs: 9,
    ...PLAIN_TRAINING,
    seed: 1,
  } as const;
  const from = { ...to, optimizer: { kind: 'sgd', learningRate: 0.5 } } as const;
  expect(describeChanges([{ epoch: 12.5, from, to }])).toBe(' After epoch 12: rate 0.5 → 0.2.');
  expect(describeChanges([])).toBe('');
});
