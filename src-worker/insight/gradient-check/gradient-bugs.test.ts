import { describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../experiment/document';
import { resolveNetwork } from '../../shape';
import { LIVELY, networkCase, type NetworkCase } from '../../testing/arbitrary';
import { bugs, type BugDefinition } from './bugs';
import type { BugKind } from './check-types';
import { checkGradients, GradientCheck } from './gradient-check';

/** Smooth, with unequal widths, every kind of layer that a bug may hit, and L2. */
const dense = networkCase({
  layers: [
    { units: 5, activation: 'tanh' },
    { units: 4, activation: 'sigmoid' },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 3,
  rows: 6,
  l2: 0.05,
  seed: 12,
});

const filters: LayerSpec = {
  ...{ kind: 'conv2d', filters: 2, kernel: 3, stride: 1, padding: 'same' },
  ...{ activation: 'tanh', initializer: LIVELY },
};
const convolution = networkCase({
  layers: [filters, { kind: 'avg-pool2d', size: 2, stride: 2 }, filters, { units: 3, activation: 'softmax' }],
  loss: 'cross-entropy',
  inputShape: [1, 6, 6],
  rows: 4,
  l2: 0.05,
  seed: 12,
});

const house = networkCase({
  layers: [
    { units: 4, activation: 'relu' },
    { units: 2, activation: 'gelu' },
    { units: 1, activation: 'identity' },
  ],
  loss: 'squared',
  inputs: 3,
  rows: 5,
  l2: 0.05,
  seed: 5,
});

const kinds = Object.keys(bugs) as BugKind[];

function failing({ network, inputShape, training, x, y, rows }: NetworkCase, bug: BugKind | null): readonly string[] {
  const verdicts = checkGradients({ network, inputShape, l2: training.l2, x, y, rows, bug });
  return verdicts.filter(({ checked, passed }) => checked > 0 && !passed).map(({ name }) => name);
}

function expected({ network, inputShape, training, rows }: NetworkCase, bug: BugKind): readonly string[] {
  const definition: BugDefinition = bugs[bug];
  const layers = resolveNetwork(network, inputShape);
  return definition.hits({ layers, loss: network.loss, l2: training.l2, rows });
}

describe.each([
  ['a dense network', dense],
  ['a convolutional network', convolution],
  ['a regression with ReLU and GELU', house],
])('%s', (_name, example) => {
  test('passes as it is', () => {
    expect(failing(example, null)).toEqual([]);
  });

  test.each(kinds)('%s makes just those arrays fail that it names', (bug) => {
    expect(failing(example, bug)).toEqual(expected(example, bug));
  });
});

test('each bug does harm somewhere, and is told apart from doing none', () => {
  const hit = (example: NetworkCase): readonly BugKind[] => kinds.filter((bug) => expected(example, bug).length > 0);
  expect(hit(dense)).toEqual(kinds);
  expect(hit(convolution)).toEqual(kinds);
  expect(hit(house)).toEqual(kinds.filter((bug) => bug !== 'derivative-twice'));
  const plain = networkCase({ layers: [{ units: 1, activation: 'sigmoid' }], loss: 'logistic', inputs: 2, rows: 1 });
  expect(hit(plain)).toEqual(['wrong-sign', 'derivative-twice']);
});

describe('in pieces', () => {
  const setup = { ...dense, l2: 0.05 };

  test('finds what it finds at once, and counts every entry', () => {
    const check = new GradientCheck(setup);
    let passes = 0;
    while (check.advance()) passes++;
    expect(check.verdicts).toEqual(checkGradients(setup));
    expect(check.done).toBe(check.total);
    expect(passes).toBe(2 * check.total);
  });

  test('the error over h of the right network is lowest between curvature and rounding', () => {
    const check = new GradientCheck(setup);
    while (check.advance());
    const { worst } = check;
    while (check.advanceCurve(worst!));
    const { steps, errors, name } = check.curve!;
    expect(name).toBe(worst);
    expect(errors).toHaveLength(steps.length);
    const lowest = errors.indexOf(Math.min(...errors));
    expect(steps[lowest]).toBeGreaterThan(1e-8);
    expect(steps[lowest]).toBeLessThan(1e-3);
    expect(errors[0]! / errors[lowest]!).toBeGreaterThan(1e4);
    expect(errors.at(-1)! / errors[lowest]!).toBeGreaterThan(1e3);
  });

  test('no h makes a wrong gradient right', () => {
    const check = new GradientCheck({ ...setup, bug: 'missing-mean' });
    while (check.advance());
    while (check.advanceCurve('W2'));
    for (const error of check.curve!.errors) expect(error).toBeGreaterThan(0.5);
  });
});
