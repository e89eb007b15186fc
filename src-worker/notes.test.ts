import { describe, expect, test } from 'vitest';
import type { CompiledNetwork, CompileRequest } from './engine';
import type { InitializerSpec, LayerSpec } from './experiment/document';
import { createRandom } from './random';
import { inspectNetwork } from './shape';
import { LIVELY, networkCase, optimizerSpecs, type NetworkCase } from './testing/arbitrary';
import { describeEachBackend } from './testing/each-backend';
import { relativeError } from './testing/golden';
import type { FloatArray, NamedTensor, Shape } from './tensor';

/** What the notes say of networks in words, shown on ours. Numbers in brackets are equations of the CS229 notes. */

const values = (tensors: readonly NamedTensor[], name: string): FloatArray =>
  tensors.find((tensor) => tensor.name === name)!.values;

const tanhSoftmaxLayers = [
  { units: 5, activation: 'tanh' },
  { units: 3, activation: 'softmax' },
] as const;

describeEachBackend('what the notes claim', ({ compile, tolerance }) => {
  async function bound(example: NetworkCase): Promise<CompiledNetwork> {
    const network = await compile(example);
    network.bindExamples('train', { count: example.rows, x: example.x, y: example.y });
    return network;
  }

  const planar = (request: Partial<CompileRequest['network']>): NetworkCase => {
    const base = networkCase({
      layers: [
        { units: 4, activation: 'tanh' },
        { units: 1, activation: 'sigmoid' },
      ],
      loss: 'logistic',
      inputs: 2,
      rows: 20,
      optimizer: { kind: 'sgd', learningRate: 0.5 },
    });
    return { ...base, network: { ...base.network, ...request } };
  };

  describe.each([{ kind: 'zeros' }, { kind: 'constant', value: 0.3 }] as const)('after $kind', (initializer) => {
    test.each(optimizerSpecs(0.05))(
      'the units of a layer stay alike for ever under $kind, (3.12)',
      async (optimizer) => {
        const layers = [
          { kind: 'dense', units: 4, activation: 'tanh', initializer },
          { kind: 'dense', units: 3, activation: 'sigmoid', initializer },
          { kind: 'dense', units: 1, activation: 'sigmoid', initializer },
        ] as const;
        const example = networkCase({ layers, loss: 'logistic', inputs: 2, rows: 20, optimizer });
        const network = await bound(example);
        const start = network.parameters();
        for (let step = 0; step < 50; step++) network.runBatches(0, 1);
        for (const name of ['W1', 'W2']) {
          const [units, inputs] = network.parameters().find((tensor) => tensor.name === name)!.shape as [
            number,
            number,
          ];
          const W = values(network.parameters(), name);
          for (let unit = 1; unit < units; unit++) {
            expect(Array.from(W.slice(inputs * unit, inputs * (unit + 1))), name).toEqual(
              Array.from(W.slice(0, inputs)),
            );
          }
        }
        // They learn, and all learn the same thing.
        expect(values(network.parameters(), 'b3')[0]).not.toBe(values(start, 'b3')[0]);
      },
    );
  });

  test('after zeros every prediction is 0.5, CS229 §3.1', async () => {
    const base = planar({});
    const layers = base.network.layers.map((layer) => ({ ...layer, initializer: { kind: 'zeros' } as const }));
    const network = await compile(planar({ layers }));
    expect(Array.from(network.predict(base.x, 20)).every((yHat) => yHat === 0.5)).toBe(true);
  });

  test('layers of identity are one linear map W = W[2] W[1], (2.12)', async () => {
    const deep = networkCase({
      layers: [
        { units: 4, activation: 'identity' },
        { units: 2, activation: 'identity' },
      ],
      loss: 'squared',
      inputs: 3,
      rows: 6,
    });
    const flat = networkCase({ layers: [{ units: 2, activation: 'identity' }], loss: 'squared', inputs: 3, rows: 6 });
    const [two, one] = [await compile(deep), await compile(flat)];
    const [W1, b1, W2, b2] = two.parameters().map((tensor) => tensor.values) as [
      FloatArray,
      FloatArray,
      FloatArray,
      FloatArray,
    ];
    const product = (k: number, column: (p: number) => number): number =>
      [0, 1, 2, 3].reduce((sum, p) => sum + W2[k * 4 + p]! * column(p), 0);
    one.setParameters([
      {
        name: 'W1',
        shape: [2, 3],
        values: Float64Array.from({ length: 6 }, (_, i) => product(Math.floor(i / 3), (p) => W1[p * 3 + (i % 3)]!)),
      },
      {
        name: 'b1',
        shape: [2],
        values: Float64Array.from({ length: 2 }, (_, k) => product(k, (p) => b1[p]!) + b2[k]!),
      },
    ]);
    expect(relativeError(one.predict(deep.x, 6), two.predict(deep.x, 6))).toBeLessThan(tolerance);
  });

  test('the gradients of the 2-4-1 network in the matrix form of the Planar notes', async () => {
    const example = planar({});
    const network = await compile(example);
    const { tensors } = network.trace(example.x, example.y, 20);
    const [a1, yHat, W2] = [values(tensors, 'a1'), values(tensors, 'yHat'), values(tensors, 'W2')];
    const dz2 = Array.from(example.y, (y, i) => yHat[i]! - y);
    const dz1 = (i: number, unit: number): number => W2[unit]! * dz2[i]! * (1 - a1[i * 4 + unit]! ** 2);
    const mean = (term: (i: number) => number): number => example.y.reduce((sum, _, i) => sum + term(i), 0) / 20;
    const units = [0, 1, 2, 3];
    expect(
      relativeError(
        values(tensors, 'dW2'),
        units.map((u) => mean((i) => dz2[i]! * a1[i * 4 + u]!)),
      ),
    ).toBeLessThan(tolerance);
    expect(relativeError(values(tensors, 'db2'), [mean((i) => dz2[i]!)])).toBeLessThan(tolerance);
    const dW1 = units.flatMap((u) => [0, 1].map((c) => mean((i) => dz1(i, u) * example.x[i * 2 + c]!)));
    expect(relativeError(values(tensors, 'dW1'), dW1)).toBeLessThan(tolerance);
    expect(
      relativeError(
        values(tensors, 'db1'),
        units.map((u) => mean((i) => dz1(i, u))),
      ),
    ).toBeLessThan(tolerance);
  });

  describe.each(['tanh', 'sigmoid'] as const)(
    'large initial weights under %s, DL notes, Random Initialization',
    (activation) => {
      const inputs = 30;
      const layersWith = (initializer: InitializerSpec): LayerSpec[] => [
        { kind: 'dense', units: 40, activation, initializer },
        { kind: 'dense', units: 1, activation: 'sigmoid', initializer: { kind: 'xavier-normal' } },
      ];
      const caseWith = (initializer: InitializerSpec): NetworkCase => {
        const optimizer = { kind: 'sgd', learningRate: 0.5 } as const;
        const example = networkCase({
          layers: layersWith(initializer),
          loss: 'logistic',
          inputs,
          rows: 200,
          optimizer,
        });
        // Something that can be learnt: on which side of a plane an example lies.
        const y = example.y.map((_, row) => Number(example.x[row * inputs]! + example.x[row * inputs + 1]! > 0));
        return { ...example, y };
      };
      /** Mean slope g′(z) of the hidden units, size of their gradient and share of the loss that is left after training. */
      async function look(initializer: InitializerSpec) {
        const example = caseWith(initializer);
        const network = await bound(example);
        const { tensors, loss } = network.trace(example.x, example.y, example.rows);
        const a = values(tensors, 'a1');
        const slopes = Array.from(a, (each) => (activation === 'tanh' ? 1 - each * each : each * (1 - each)));
        const slope = slopes.reduce((sum, each) => sum + each, 0) / slopes.length;
        const gradient = Math.hypot(...values(tensors, 'dW1'));
        for (let step = 0; step < 100; step++) network.runBatches(0, 1);
        return { slope, gradient, left: network.evaluate('train').loss / loss };
      }

      test('saturate the units and learn slowly; Xavier’s do not, (3.13)', async () => {
        const steepest = activation === 'tanh' ? 1 : 0.25;
        const large = await look({ kind: 'normal', mean: 0, deviation: 10 });
        const xavier = await look({ kind: 'xavier-normal' });
        expect(large.slope).toBeLessThan(0.05 * steepest);
        expect(xavier.slope).toBeGreaterThan(0.4 * steepest);
        expect(large.gradient).toBeLessThan(0.3 * xavier.gradient);
        expect(large.left).toBeGreaterThan(1.3 * xavier.left);
      });
    },
  );

  test('full-batch, stochastic and vectorised gradients agree, (3.31), (3.32)', async () => {
    const layers = tanhSoftmaxLayers;
    const training = { optimizer: { kind: 'sgd', learningRate: 0.5 }, l2: 0 } as const;
    const example = networkCase({ layers, loss: 'cross-entropy', inputs: 4, rows: 12, ...training });
    const full = await bound(example);
    const single = await bound({ ...example, training: { ...example.training, batchSize: 1 } });
    const start = full.parameters();
    full.runBatches(0, 1);
    const moved = start.map(({ values: from }) => new Float64Array(from.length));
    for (let i = 0; i < example.rows; i++) {
      single.setParameters(start);
      single.runBatches(i, 1);
      single.parameters().forEach(({ values: W }, p) => {
        W.forEach((w, k) => (moved[p]![k]! += (w - start[p]!.values[k]!) / example.rows));
      });
    }
    full.parameters().forEach(({ name, values: W }, p) => {
      const step = Array.from(W, (w, k) => w - start[p]!.values[k]!);
      // A step is the difference of two weights, and has their rounding.
      step.forEach((each, k) => expect(Math.abs(each - moved[p]![k]!), name).toBeLessThan(tolerance / 5));
    });
  });

  test('momentum by hand over three steps, (3.33)', async () => {
    const [alpha, beta] = [0.5, 0.75];
    const optimizer = { kind: 'momentum', learningRate: alpha, beta } as const;
    const example = networkCase({ layers: tanhSoftmaxLayers, loss: 'cross-entropy', inputs: 4, rows: 12, optimizer });
    const network = await bound(example);
    const W = network.parameters().map((each) => Float64Array.from(each.values));
    const v = W.map((each) => new Float64Array(each.length));
    for (let step = 0; step < 3; step++) {
      const { tensors } = network.trace(example.x, example.y, example.rows);
      network.runBatches(0, 1);
      network.parameters().forEach(({ name, values: after }, p) => {
        values(tensors, `d${name}`).forEach((gradient, k) => {
          v[p]![k] = beta * v[p]![k]! + (1 - beta) * gradient;
          W[p]![k]! -= alpha * v[p]![k]!;
        });
        expect(relativeError(after, W[p]!), `${name}, step ${step + 1}`).toBeLessThan(tolerance);
        expect(relativeError(values(network.optimizerState(), `v.${name}`), v[p]!), name).toBeLessThan(tolerance);
      });
    }
  });

  test('without a gradient L2 alone shrinks weights by 1 − αλ in every step, (3.38)', async () => {
    const [alpha, lambda] = [0.5, 0.2];
    const optimizer = { kind: 'sgd', learningRate: alpha } as const;
    const layers = [{ units: 3, activation: 'softmax' }] as const;
    const given = networkCase({ layers, loss: 'cross-entropy', inputs: 4, rows: 6, l2: lambda, optimizer });
    const network = await bound({ ...given, x: new Float64Array(24) });
    const W = network.parameters()[0]!.values;
    for (let step = 1; step <= 5; step++) {
      network.runBatches(0, 1);
      const expected = Array.from(W, (w) => (1 - alpha * lambda) ** step * w);
      expect(relativeError(network.parameters()[0]!.values, expected)).toBeLessThan(tolerance);
    }
  });

  test('one ReLU unit is the price of a house, max(ax + b, 0), and learns it, CS229 §1', async () => {
    const [a, b] = [0.8, -0.4];
    const x = Float64Array.from({ length: 40 }, (_, i) => i / 20);
    const y = x.map((size) => Math.max(a * size + b, 0));
    const layers = [{ units: 1, activation: 'relu' }] as const;
    const optimizer = { kind: 'sgd', learningRate: 0.5 } as const;
    const given = networkCase({ layers, loss: 'squared', inputs: 1, rows: 40, optimizer });
    const network = await bound({ ...given, x, y });
    const unit = (w: number, bias: number): NamedTensor[] => [
      { name: 'W1', shape: [1, 1], values: Float64Array.of(w) },
      { name: 'b1', shape: [1], values: Float64Array.of(bias) },
    ];
    network.setParameters(unit(a, b));
    expect(relativeError(network.predict(x, 40), y)).toBeLessThan(tolerance);
    network.setParameters(unit(0.5, 0));
    for (let step = 0; step < 2000; step++) network.runBatches(0, 1);
    const [W1, b1] = network.parameters();
    expect(W1!.values[0]).toBeCloseTo(a, 3);
    expect(b1!.values[0]).toBeCloseTo(b, 3);
  });

  test('a filter is the sum of θ times the pixels under it, wherever it stands: the same unit everywhere, (3.39)', async () => {
    const layer = {
      kind: 'conv2d',
      filters: 1,
      kernel: 4,
      stride: 1,
      padding: 'valid',
      activation: 'identity',
    } as const;
    const network = await compile({
      network: { layers: [{ ...layer, initializer: LIVELY }], loss: 'squared', seed: 3 },
      inputShape: [1, 9, 9],
      training: { optimizer: { kind: 'sgd', learningRate: 0.1 }, l2: 0, batchSize: 1 },
    });
    const theta = network.parameters()[0]!.values;
    const random = createRandom(4, 'ball');
    const ball = Float64Array.from({ length: 16 }, random.normal);
    const a = ball.reduce((sum, pixel, i) => sum + theta[i]! * pixel, 0);
    for (const [top, left] of [
      [0, 0],
      [0, 5],
      [2, 3],
      [5, 5],
    ] as const) {
      const image = new Float64Array(81);
      ball.forEach((pixel, i) => (image[(top + Math.floor(i / 4)) * 9 + left + (i % 4)] = pixel));
      expect(relativeError([network.predict(image, 1)[top * 6 + left]!], [a])).toBeLessThan(tolerance);
    }
  });
});

describe('parameters that the notes count', () => {
  const counted = (inputShape: Shape, ...layers: readonly LayerSpec[]): number[] =>
    inspectNetwork({ layers, loss: 'logistic', seed: 1 }, inputShape).layers.map(({ parameters }) => parameters);
  const dense = (units: number): LayerSpec => ({ kind: 'dense', units, activation: 'sigmoid', initializer: LIVELY });

  test.each([1, 4, 12_288])('n-3-2-1 with n = %d: 3n + 3, 2 × 3 + 2 and 2 + 1, CS229 §3.1', (n) => {
    expect(counted([n], dense(3), dense(2), dense(1))).toEqual([3 * n + 3, 2 * 3 + 2, 2 + 1]);
  });

  test('logistic regression has n and a bias, (1.4); the network of (2.4), 3-4-1, and the Planar one, 2-4-1', () => {
    expect(counted([12_288], dense(1))).toEqual([12_288 + 1]);
    expect(counted([3], dense(4), dense(1))).toEqual([4 * 3 + 4, 4 + 1]);
    expect(counted([2], dense(4), dense(1))).toEqual([4 * 2 + 4, 4 + 1]);
  });

  test('a shared θ of 4 × 4 on the image of 64 × 64 × 3 has 49, whatever the size of the image, CS229 §3.3.2', () => {
    const theta: LayerSpec = {
      kind: 'conv2d',
      filters: 1,
      kernel: 4,
      stride: 1,
      padding: 'valid',
      activation: 'sigmoid',
      initializer: LIVELY,
    };
    expect(counted([3, 64, 64], theta)).toEqual([4 * 4 * 3 + 1]);
    expect(counted([3, 640, 640], theta)).toEqual([4 * 4 * 3 + 1]);
    expect(counted([3, 64, 64], dense(1))).toEqual([64 * 64 * 3 + 1]);
  });
});
