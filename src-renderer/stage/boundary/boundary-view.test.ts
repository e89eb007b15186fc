import { describe, expect, it, test } from 'vitest';
import type { DataSummary, InputField, Plane, PlanePoints } from '../../../src-worker/api';
import { fittingChoice, fittingUnit, unitName } from './choices';
import { planeView } from './plane-view';
import { planeInWords } from './plane-words';

const points: PlanePoints = {
  x: Float32Array.of(30, 50, 40),
  y: Float32Array.of(14, 20, 17),
  target: Float32Array.of(0, 1, 2),
  part: Uint8Array.of(0, 1, 2),
  of: 300,
};

const summary = {
  task: 'multi-class',
  classes: ['a', 'b', 'c'],
  target: 'kind',
  inputShape: [7],
  columns: ['bill', 'depth', 'island'].map((name) => ({ name, role: name === 'island' ? 'ignore' : 'feature' })),
} as unknown as DataSummary;

const mass: InputField = { column: 'mass', type: 'number', min: 1, max: 9, typical: 4, whole: false, names: [] };
const island: InputField = { ...mass, column: 'island', type: 'category', typical: 0, names: ['x', 'y'] };

const plane: Plane = {
  choice: { kind: 'features', x: 'bill', y: 'depth' },
  xAxis: { name: 'bill', kind: 'number', names: [] },
  yAxis: { name: 'depth', kind: 'number', names: [] },
  held: [mass, island],
  columns: ['bill', 'depth', 'mass', 'island'],
  components: null,
  points,
};

describe('planeView', () => {
  it('asks for a grid of 100 × 100 over all points, with the values that were moved and no others', () => {
    const view = planeView(plane, summary, 'answer', { mass: 7, sex: 1 })!;
    expect(view.kind).toBe('plane');
    expect(view.x.min).toBeCloseTo(28.4);
    expect(view.request).toMatchObject({ x: { steps: 100 }, y: { steps: 100 }, held: { mass: 7 }, judge: true });
    expect(view.request.units).toBeUndefined();
    expect(view.meaning).toEqual({ kind: 'classes', count: 3 });
  });

  it('asks for one unit where one is shown', () => {
    const view = planeView(plane, summary, { layer: 2, unit: 5 }, {})!;
    expect(view.request.units).toEqual({ layer: 2, from: 5, count: 1 });
    expect(view.meaning).toEqual({ kind: 'signed' });
  });

  it('is a band of colours over one feature for three classes, a curve for two, and for a number', () => {
    const line: Plane = { ...plane, choice: { kind: 'features', x: 'bill', y: null }, yAxis: null };
    const kinds = (['multi-class', 'binary', 'regression'] as const).map((task) => {
      const view = planeView(line, { ...summary, task }, 'answer', {})!;
      return [view.kind, view.request.y.steps];
    });
    expect(kinds).toEqual([
      ['band', 1],
      ['curve', 1],
      ['curve', 1],
    ]);
  });

  it('gives categories their names and spreads the examples around them', () => {
    const axis = { name: 'island', kind: 'category', names: ['x', 'y'] } as const;
    const onNames = { ...plane, xAxis: axis, points: { ...points, x: Float32Array.of(0, 1, 1) } };
    const { x, xTicks, points: drawn } = planeView(onNames, summary, 'answer', {})!;
    expect(x).toEqual({ min: -0.5, max: 1.5 });
    expect(xTicks?.map(({ text }) => text)).toEqual(['x', 'y']);
    expect(drawn.x[1]).not.toBe(drawn.x[2]);
    expect([...drawn.x].map(Math.round)).toEqual([0, 1, 1]);
  });

  it('is none without points', () => {
    const empty = new Float32Array();
    expect(planeView({ ...plane, points: { ...points, x: empty, y: empty } }, summary, 'answer', {})).toBeNull();
  });
});

test('words say which plane it is, and at what the rest is held', () => {
  expect(planeInWords(plane, summary)[0]).toBe(
    'A section along bill and depth. The other 2 features are held, at first at their medians and most frequent values in the training part.',
  );
  expect(planeInWords({ ...plane, held: [] }, summary)).toEqual([
    'bill and depth are all the features there are: nothing is held.',
  ]);
  const loadings = [[{ input: 'bill', weight: 0.8 }], [{ input: 'mass', weight: -0.5 }]];
  const components = { shares: [0.6, 0.2] as const, examples: 256, of: 9000, loadings };
  const words = planeInWords({ ...plane, choice: { kind: 'components' }, components }, summary).join(' ');
  expect(words).toContain('the network’s 7 inputs, found from 256 of 9,000 training examples.');
  expect(words).toContain('80.0\u202f% of the variance');
  expect(words).toContain('Component 2: −0.500 mass.');
});

test('a choice stays where the data and the network have it', () => {
  const choice = { kind: 'features', x: 'bill', y: 'depth' } as const;
  expect(fittingChoice(choice, summary)).toBe(choice);
  expect(fittingChoice({ ...choice, y: 'island' }, summary)).toEqual({ kind: 'first' });
  const layers = [{ number: 1, name: 'Dense 4', units: 4, shape: [4] }];
  expect(fittingUnit({ layer: 1, unit: 3 }, layers)).toEqual({ layer: 1, unit: 3 });
  expect(fittingUnit({ layer: 1, unit: 4 }, layers)).toBe('answer');
  expect([unitName(3, [4]), unitName(7, [2, 2, 3])]).toEqual(['unit 4', 'channel 2, row 1, column 2']);
});
