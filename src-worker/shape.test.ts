import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActivationKind, LayerSpec, LossKind } from './experiment/document';
import { compileReference } from './network';
import { batchMisfits, inspectNetwork, resolveNetwork, type Target } from './shape';
import { networkCases } from './testing/arbitrary';
import { sizeOf } from './tensor';

const dense = (units: number, activation: ActivationKind): LayerSpec => ({
  kind: 'dense',
  units,
  activation,
  initializer: { kind: 'zeros' },
});
const network = (loss: LossKind, ...layers: LayerSpec[]) => ({ layers, loss, seed: 1 });

const REGRESSION: Target = { task: 'regression', classes: 0 };
const BINARY: Target = { task: 'binary', classes: 2 };
const THREE_CLASSES: Target = { task: 'multi-class', classes: 3 };

/** The number that a formula such as `6 × 2 + 6` makes; 0 for none. */
function valueOf(formula: string): number {
  const products = formula === '' ? [] : formula.split(' + ').map((term) => term.split(' × ').map(Number));
  return products.reduce((sum, factors) => sum + factors.reduce((product, factor) => product * factor), 0);
}

describe('shapes and counts', () => {
  test('are those of the notes: 3n + 14 parameters for n-3-2-1, CS229 notes §3.1', () => {
    const layers = [dense(3, 'sigmoid'), dense(2, 'sigmoid'), dense(1, 'sigmoid')];
    const inspection = inspectNetwork(network('logistic', ...layers), [10], BINARY);
    expect(inspection.layers.map((layer) => layer.parameterFormula)).toEqual(['3 × 10 + 3', '2 × 3 + 2', '1 × 2 + 1']);
    expect(inspection.parameters).toBe(3 * 10 + 14);
    expect(inspection).toMatchObject({ outputs: 1, problems: [], ready: true });
  });

  test('a dense layer takes an image flattened: 64 × 64 × 3 gives 12,288 inputs, CS229 notes §3', () => {
    const { layers } = inspectNetwork(network('logistic', dense(1, 'sigmoid')), [3, 64, 64], BINARY);
    expect(layers[0]).toMatchObject({ inputShape: [3, 64, 64], outputShape: [1], parameters: 12_289 });
  });

  test('agree with the compiled network, for random networks', () => {
    fc.assert(
      fc.property(networkCases, (example) => {
        const inspection = inspectNetwork(example.network, example.inputShape);
        const compiled = compileReference(example, 'float64');
        const { tensors } = compiled.trace(example.x, example.y, example.rows);
        inspection.layers.forEach(({ outputShape, parameterFormula, parameters }, i) => {
          expect(tensors.find(({ name }) => name === `a${i + 1}`)!.shape).toEqual([example.rows, ...outputShape!]);
          expect(valueOf(parameterFormula)).toBe(parameters);
        });
        const trained = tensors.filter(({ name }) => /^d(?!elta)/.test(name));
        expect(trained.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(inspection.parameters);
      }),
      { numRuns: 50, seed: 20240505 },
    );
  });
});

describe('a network that fits has no problem', () => {
  test.each<[string, ReturnType<typeof network>, Target]>([
    ['regression with one identity unit', network('squared', dense(8, 'tanh'), dense(1, 'identity')), REGRESSION],
    ['two classes with one sigmoid unit', network('logistic', dense(1, 'sigmoid')), BINARY],
    ['two classes with two softmax units', network('cross-entropy', dense(2, 'softmax')), BINARY],
    ['two classes with the squared loss', network('squared', dense(1, 'sigmoid')), BINARY],
    ['three classes with softmax', network('cross-entropy', dense(3, 'softmax')), THREE_CLASSES],
    ['three classes with three sigmoid units', network('logistic', dense(3, 'sigmoid')), THREE_CLASSES],
    ['softmax inside of the network', network('logistic', dense(3, 'softmax'), dense(1, 'sigmoid')), BINARY],
  ])('%s', (_title, spec, target) => {
    expect(inspectNetwork(spec, [4], target)).toMatchObject({ problems: [], ready: true });
  });
});

describe('a misfit names the layer, what it expects and what it got', () => {
  /** The problem on the last card. */
  const onLast = (spec: ReturnType<typeof network>, target: Target | null = null) => {
    const inspection = inspectNetwork(spec, [4], target);
    expect(inspection.ready).toBe(false);
    return inspection.layers.at(-1)!.problems[0];
  };

  test('too few units for the classes', () => {
    expect(onLast(network('cross-entropy', dense(8, 'tanh'), dense(2, 'softmax')), THREE_CLASSES)).toEqual({
      code: 'network/outputs',
      message: 'Layer 2 (dense) expects 3 units to predict 3 classes, but has 2.',
      hint: 'Set the units of Layer 2 (dense) to 3.',
      path: 'network.layers[1].units',
    });
  });

  test.each<[string, ReturnType<typeof network>, Target | null, string]>([
    [
      'regression',
      network('squared', dense(2, 'identity')),
      REGRESSION,
      'Layer 1 (dense) expects 1 unit to predict one number, but has 2.',
    ],
    [
      'two classes',
      network('logistic', dense(3, 'sigmoid')),
      BINARY,
      'Layer 1 (dense) expects 1 or 2 units to predict 2 classes, but has 3.',
    ],
    [
      'softmax over one unit',
      network('squared', dense(1, 'softmax')),
      BINARY,
      'Layer 1 (dense) expects 2 units to predict 2 classes, but has 1.',
    ],
    [
      'softmax over one unit, no data yet',
      network('cross-entropy', dense(1, 'softmax')),
      null,
      'Layer 1 (dense) expects at least 2 units with Softmax, but has 1.',
    ],
  ])('%s', (_title, spec, target, message) => {
    expect(onLast(spec, target)).toMatchObject({ message, path: 'network.layers[0].units' });
  });

  test.each([0, -1, 2.5, NaN, Infinity, 1e9])('%d units', (units) => {
    const inspection = inspectNetwork(network('squared', dense(units, 'tanh'), dense(1, 'identity')), [4], REGRESSION);
    expect(inspection.layers[0]).toMatchObject({ outputShape: null, parameters: 0, parameterFormula: '' });
    expect(inspection.layers[0]!.problems[0]!.message).toBe(
      `Layer 1 (dense) expects 1 to 65536 units, but has ${units}.`,
    );
    // What lies behind is unknown, and not to blame.
    expect(inspection.layers[1]).toMatchObject({ inputShape: null, outputShape: null, problems: [] });
    expect(inspection).toMatchObject({ outputs: 0, parameters: 0, ready: false });
  });

  test('no inputs at all', () => {
    const { layers } = inspectNetwork(network('squared', dense(1, 'identity')), [0], REGRESSION);
    expect(layers[0]!.problems[0]!.message).toBe('Layer 1 (dense) expects at least one input, but gets 0.');
  });
});

describe('layers that know of training', () => {
  const dropout = { kind: 'dropout', rate: 0.5 } as const;
  const norm = { kind: 'batch-norm', decay: 0.9, epsilon: 1e-5 } as const;

  test('dropout last is one problem, on its card', () => {
    const inspection = inspectNetwork(network('cross-entropy', dense(3, 'softmax'), dropout), [4], THREE_CLASSES);
    expect(inspection.problems).toEqual([]);
    expect(inspection.layers.map(({ problems }) => problems)).toEqual([
      [],
      [
        {
          code: 'network/not-last',
          message:
            'Layer 2 (dropout) is the last layer, where it would blank out answers at random while the network learns.',
          hint: 'Put a dense layer for the output behind it, or take it out.',
          path: 'network.layers[1]',
        },
      ],
    ]);
  });

  test('batch norm last has no activation for the loss', () => {
    const { problems } = inspectNetwork(network('cross-entropy', dense(3, 'softmax'), norm), [4], THREE_CLASSES);
    expect(problems.map(({ message }) => message)).toEqual([
      'Cross-entropy expects Softmax in the last layer, but Layer 2 (batch norm) has no activation.',
    ]);
  });

  test('batch norm right before the output is fine', () => {
    const spec = network('cross-entropy', dense(3, 'relu'), norm, dropout, dense(3, 'softmax'));
    expect(inspectNetwork(spec, [4], THREE_CLASSES)).toMatchObject({
      problems: [],
      ready: true,
      parameters: 15 + 6 + 12,
    });
  });

  test('batch norm over features expects two examples to compare; over images one has many pixels', () => {
    const spec = network('squared', norm, dense(3, 'tanh'), norm, dense(1, 'identity'));
    expect(batchMisfits(spec, [4], 1)).toMatchObject([
      {
        code: 'training/batch-too-small',
        message: 'Layer 1 (batch norm) expects batches of at least 2 examples to compare, but a batch has 1.',
        path: 'training.batchSize',
      },
    ]);
    expect([...batchMisfits(spec, [4], 2), ...batchMisfits(network('squared', norm), [4, 2, 2], 1)]).toEqual([]);
  });
});

describe('problems of no single card', () => {
  test('a loss that does not fit the last activation says both ways out', () => {
    const { problems } = inspectNetwork(network('cross-entropy', dense(3, 'sigmoid')), [4], THREE_CLASSES);
    expect(problems).toEqual([
      {
        code: 'network/loss-activation',
        message: 'Cross-entropy expects Softmax in the last layer, but Layer 1 (dense) has Sigmoid.',
        hint: expect.stringMatching(
          /^Give Layer 1 \(dense\) the activation Softmax, or choose Squared error or .*Logistic as the loss\.$/,
        ) as string,
        path: 'network.loss',
      },
    ]);
  });

  test('a loss for classes on a number as target', () => {
    const { problems } = inspectNetwork(network('logistic', dense(1, 'sigmoid')), [4], REGRESSION);
    expect(problems).toMatchObject([
      { message: 'Logistic expects classes, but the target is a number.', path: 'network.loss' },
    ]);
  });

  test('no layers', () => {
    const inspection = inspectNetwork(network('squared'), [4], REGRESSION);
    expect(inspection).toMatchObject({ layers: [], outputs: 0, ready: false });
    expect(inspection.problems[0]!.message).toBe('The network has no layers.');
  });

  test('more parameters than memory holds', () => {
    const wide = network('squared', dense(60_000, 'relu'), dense(60_000, 'relu'), dense(1, 'identity'));
    expect(inspectNetwork(wide, [4], REGRESSION).problems[0]).toMatchObject({ code: 'network/too-large' });
  });
});

describe('resolveNetwork', () => {
  test('throws the problem of a layer that does not fit', () => {
    expect(() => resolveNetwork(network('squared', dense(0, 'tanh')), [4])).toThrow(
      /Layer 1 \(dense\) expects 1 to 65536 units/,
    );
    expect(() => resolveNetwork(network('squared'), [4])).toThrow(/no layers/);
  });
});
