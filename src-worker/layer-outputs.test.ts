import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileReference } from './network';
import { layers as layerKinds } from './layers';
import { LIVELY, networkCase, networkCases, type NetworkCase } from './testing/arbitrary';
import { describeEachBackend, type Backend } from './testing/each-backend';
import type { FloatArray, NamedTensor } from './tensor';

/** Far more rows than a case has: they are sent through in several slices. */
const MANY = 300;

function many({ x, inputs }: NetworkCase, rows: number): Float64Array {
  return Float64Array.from({ length: rows * inputs }, (_, i) => x[i % x.length]! + (i % 7) / 10);
}

/** Largest difference, measured by the largest number of the two arrays. */
function difference(a: FloatArray, b: FloatArray): number {
  const most = Math.max(1e-3, ...Array.from(b, Math.abs));
  return Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]!))) / most;
}

const named = (tensors: readonly NamedTensor[]): Map<string, NamedTensor> =>
  new Map(tensors.map((tensor) => [tensor.name, tensor]));

describeEachBackend('what the layers make of rows', ({ compile, tolerance }: Backend) => {
  test('is what the reference makes of them, in random networks of every kind of layer', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(networkCases, async (example) => {
        const network = await compile(example);
        const judge = compileReference(example, 'float64');
        // Rounded to float32 before, so that both see the same weights.
        judge.setParameters(network.parameters());
        const x = many(example, 9);
        const expected = judge.activations(x, 9);
        const found = network.activations(x, 9);
        expect(found.map(({ name, shape }) => ({ name, shape }))).toEqual(
          expected.map(({ name, shape }) => ({ name, shape })),
        );
        found.forEach(({ name, values }, k) => {
          expect(difference(values, expected[k]!.values), name).toBeLessThan(20 * tolerance);
        });
        expect(found.at(-1)!.values).toEqual(network.predict(x, 9));
        for (const { kind } of example.network.layers) seen.add(kind);
        network.dispose();
      }),
      { numRuns: 60, seed: 20261122 },
    );
    expect([...seen].sort()).toEqual(Object.keys(layerKinds).sort());
  });

  test('is z and a of a training step, where the layers do not tell training from evaluation', async () => {
    const layers = [
      { kind: 'conv2d', filters: 3, kernel: 3, stride: 1, padding: 1, activation: 'relu', initializer: LIVELY },
      { kind: 'max-pool2d', size: 2, stride: 2 },
      { units: 4, activation: 'sigmoid' },
      { units: 3, activation: 'softmax' },
    ] as const;
    const example = networkCase({ layers, loss: 'cross-entropy', inputShape: [2, 6, 6], rows: 5 });
    const network = await compile(example);
    const trace = named(network.trace(example.x, example.y, 5).tensors);
    for (const { name, shape, values } of network.activations(example.x, 5)) {
      expect(shape).toEqual(trace.get(name)!.shape);
      expect(difference(values, trace.get(name)!.values), name).toBeLessThan(tolerance);
    }
    network.dispose();
  });

  test('goes through slices, and holds only the arrays asked for', async () => {
    const layers = [
      { units: 5, activation: 'tanh' },
      { kind: 'dropout', rate: 0.5 },
      { units: 1, activation: 'sigmoid' },
    ] as const;
    const example = networkCase({ layers, loss: 'logistic', inputs: 3, rows: 4 });
    const network = await compile(example);
    const x = many(example, MANY);
    expect(network.activations(x, MANY).map(({ name }) => name)).toEqual(['z1', 'a1', 'a2', 'z3', 'a3']);
    const [a1, a3] = network.activations(x, MANY, ['a3', 'a1']) as [NamedTensor, NamedTensor];
    expect([a1.name, a1.shape, a3.name]).toEqual(['a1', [MANY, 5], 'a3']);
    expect(a3.values).toEqual(network.predict(x, MANY));
    const last = x.slice((MANY - 1) * 3);
    const alone = network.activations(last, 1, ['a1'])[0]!.values;
    expect(difference(a1.values.slice((MANY - 1) * 5), alone)).toBeLessThan(tolerance);
    network.dispose();
  });
});
