import { expect, it } from 'vitest';
import type { Metrics } from '../../../src-worker/api';
import { createCatalog } from '../../../src-worker/catalog';
import type { SweepPlan, SweepPoint, SweptChoice, SweptNumber } from '../../../src-worker/experiment/sweep/sweep-plan';
import { bestRow, outcomeWords, sortRows, sweepRows, sweepsIn, type SweptRun } from '../../sweep/sweep-results';
import { curveMetrics } from '../curve-metric';
import { axisOf, axisOfNumbers } from './axis';
import { AREA, describeResults, plotScene, ranksOf } from './sweep-scene';

const [loss, accuracy] = curveMetrics('binary', createCatalog().metrics);

const rate: SweptNumber = {
  ...{ kind: 'number', path: 'training.optimizer.learningRate', label: 'Learning rate' },
  ...{ whole: false, from: 0.01, to: 1, count: 3, spacing: 'ratio' },
};
const optimizer: SweptChoice = {
  ...{ kind: 'choice', path: 'training.optimizer.kind', label: 'Optimizer' },
  options: [
    { value: 'sgd', label: 'SGD' },
    { value: 'adam', label: 'Adam' },
  ],
};

const planOf = (...settings: SweepPlan['settings']): SweepPlan => ({
  ...{ method: 'grid', settings, draws: 1, seed: 1, epochs: 3 },
});

const metricsOf = (value: number): Metrics => ({ loss: value, accuracy: 1 - value }) as unknown as Metrics;

function run(number: number, plan: SweepPlan, values: SweepPoint, dev: number | 'diverged'): SweptRun {
  const value = dev === 'diverged' ? 0.01 : dev;
  return {
    ...{ number, step: 41, outcome: dev === 'diverged' ? 'diverged' : 'finished', best: { epoch: 2 } },
    records: [
      { epoch: 1, train: metricsOf(0.9), dev: metricsOf(0.9) },
      { epoch: 2, train: metricsOf(value / 2), dev: metricsOf(value) },
      { epoch: 3, train: metricsOf(0.8), dev: metricsOf(0.8) },
    ],
    sweep: { number: 1, plan, values },
  } as unknown as SweptRun; // what no picture looks at is left out
}

const plan = planOf(rate);
const runs = [run(5, plan, [0.1], 0.2), run(4, plan, [0.01], 0.4), run(6, plan, [1], 'diverged')];
const [group] = sweepsIn(runs);
const rows = sweepRows(group!, loss);

it('gathers the runs of each sweep, the newest sweep first, and leaves the others', () => {
  const other = { ...run(7, plan, [0.1], 0.3), sweep: { number: 2, plan, values: [0.1] } };
  const groups = sweepsIn([other, { ...runs[0]!, sweep: undefined } as never, ...runs]);
  expect(groups.map(({ number, runs }) => [number, runs.map((each) => each.number)])).toEqual([
    [2, [7]],
    [1, [4, 5, 6]],
  ]);
});

it('judges each run by its best epoch, and one that diverged not at all', () => {
  expect(rows.map(({ epoch, train, dev, judged }) => [epoch, train, dev, judged])).toEqual([
    [2, 0.2, 0.4, 0.4],
    [2, 0.1, 0.2, 0.2],
    [2, 0.005, 0.01, null],
  ]);
  expect(bestRow(rows, loss)!.run.number).toBe(5);
  expect(bestRow(sweepRows(group!, accuracy), accuracy)!.judged).toBe(0.8);
  expect(rows.map(({ run }) => outcomeWords(run))).toEqual(['', '', 'diverged at step 42']);
});

it('judges by the training part where there is no dev part', () => {
  const records = runs[0]!.records.map((record) => ({ ...record, dev: null }));
  const [alone] = sweepRows({ ...group!, runs: [{ ...runs[0]!, records }] }, loss);
  expect(alone).toMatchObject({ dev: null, judged: 0.1 });
});

it('sorts by settings and numbers, what diverged last either way', () => {
  const order = (...how: [Parameters<typeof sortRows>[1], boolean]) =>
    sortRows(rows, ...how).map(({ run }) => run.number);
  expect(order(0, false)).toEqual([4, 5, 6]);
  expect(order(0, true)).toEqual([6, 5, 4]);
  expect(order('dev', false)).toEqual([5, 4, 6]);
  expect(order('dev', true)).toEqual([4, 5, 6]);
});

it('lays one setting over the width, by its logarithm, with a tick for each value tried', () => {
  const axis = axisOf(rate, 'grid');
  expect(axis.ticks.map(({ text }) => text)).toEqual(['0.01', '0.1', '1']);
  const [low, middle, high] = axis.ticks.map(({ at }) => at);
  expect(middle! - low!).toBeCloseTo(high! - middle!);
  expect([low! > 0, high! < 1]).toEqual([true, true]);
});

it('sets choices side by side', () => {
  expect(axisOf(optimizer, 'grid').ticks).toEqual([
    { at: 0.25, text: 'SGD' },
    { at: 0.75, text: 'Adam' },
  ]);
});

it('takes a logarithm of losses of several sizes, and of no others', () => {
  const wide = axisOfNumbers([0.01, 0.1, 1, 100], String);
  expect(wide.place(0.1) - wide.place(0.01)).toBeCloseTo(wide.place(1) - wide.place(0.1));
  const narrow = axisOfNumbers([0.1, 0.2, 0.3], String);
  expect(narrow.place(0.2)).toBeCloseTo(0.5);
  expect(axisOfNumbers([0.5], String).place(0.5)).toBeCloseTo(0.5);
});

it('joins the runs of one number from left to right, and says how many have no place', () => {
  const scene = plotScene(group!, rows, loss);
  expect(scene.dots.map(({ row }) => row.run.number)).toEqual([4, 5]);
  expect(scene.line.split(' ')).toHaveLength(2);
  expect(scene.without).toBe(1);
  expect([scene.xLabel, scene.yLabel]).toEqual(['Learning rate', 'Dev loss']);
  // The lower loss lies lower.
  expect(scene.dots[1]!.y).toBeGreaterThan(scene.dots[0]!.y);
  for (const { x, y } of scene.dots) {
    expect(x > AREA.left && x < AREA.right && y > AREA.top && y < AREA.bottom).toBe(true);
  }
});

it('puts two settings on the two axes, and joins nothing', () => {
  const both = { ...planOf(rate, optimizer), method: 'random' } as const;
  const [drawn] = sweepsIn([run(1, both, [0.02, 'sgd'], 0.3), run(2, both, [0.5, 'adam'], 0.1)]);
  const scene = plotScene(drawn!, sweepRows(drawn!, loss), loss);
  expect(scene.line).toBe('');
  expect(scene.yLabel).toBe('Optimizer');
  expect(scene.dots.map(({ rank }) => rank)).toEqual([0, 1]);
});

it('ranks equal numbers alike, the best as 1', () => {
  const same = sweepRows(
    { ...group!, runs: [run(1, plan, [0.1], 0.5), run(2, plan, [0.2], 0.5), run(3, plan, [1], 0.6)] },
    loss,
  );
  expect([...ranksOf(same, loss).values()]).toEqual([1, 1, 0]);
});

it('says the picture in a sentence', () => {
  expect(describeResults(group!, rows, loss)).toBe(
    'Dev loss of 3 runs over learning rate, from 0.200 at learning rate 0.1 to 0.400. 1 diverged.',
  );
});
