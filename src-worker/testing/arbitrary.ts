import fc from 'fast-check';
import { activations } from '../activations';
import type { CompileRequest } from '../engine';
import type { ActivationKind, InitializerSpec, LayerSpec, LossKind, OptimizerSpec } from '../experiment/document';
import { losses } from '../losses';
import { createRandom } from '../random';

/** A small network with a batch that fits it: what the property tests run over. */
export interface NetworkCase extends CompileRequest {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** Every output that a loss can be computed from, out of the registries. */
export const lossOutputs: readonly { readonly loss: LossKind; readonly activation: ActivationKind }[] = Object.values(
  losses,
).flatMap(({ kind, activations: fitting }) => fitting.map((activation) => ({ loss: kind, activation })));

export const activationKinds = Object.keys(activations) as ActivationKind[];

/** Weights of the size of 1: large enough that every unit matters, small enough that few saturate. */
export const LIVELY: InitializerSpec = { kind: 'normal', mean: 0, deviation: 0.7 };

/** Random small networks: any output that some loss fits, up to two hidden layers of any activations, with and without L2. */
export const networkCases: fc.Arbitrary<NetworkCase> = fc
  .record({
    hidden: fc.array(
      fc.record({ units: fc.integer({ min: 1, max: 5 }), activation: fc.constantFrom(...activationKinds) }),
      {
        maxLength: 2,
      },
    ),
    output: fc.constantFrom(...lossOutputs),
    outputs: fc.integer({ min: 1, max: 4 }),
    inputs: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 6 }),
    l2: fc.constantFrom(0, 0.1),
    optimizer: fc.constantFrom<OptimizerSpec>(
      { kind: 'sgd', learningRate: 0.1 },
      { kind: 'momentum', learningRate: 0.1, beta: 0.9 },
    ),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ hidden, output, outputs, inputs, rows, l2, optimizer, seed }) =>
    networkCase({
      layers: [
        ...hidden,
        { units: Math.max(outputs, losses[output.loss].minimumOutputs), activation: output.activation },
      ],
      loss: output.loss,
      inputs,
      rows,
      l2,
      optimizer,
      seed,
    }),
  );

/** A case by its sizes; weights and examples come from the seed. */
export function networkCase(sizes: {
  readonly layers: readonly { readonly units: number; readonly activation: ActivationKind }[];
  readonly loss: LossKind;
  readonly inputs: number;
  readonly rows: number;
  readonly l2?: number;
  readonly optimizer?: OptimizerSpec;
  readonly batchSize?: number;
  readonly initializer?: InitializerSpec;
  readonly seed?: number;
}): NetworkCase {
  const { inputs, rows, loss, l2 = 0, seed = 1, initializer = LIVELY, batchSize = rows } = sizes;
  const layers = sizes.layers.map((layer): LayerSpec => ({ kind: 'dense', initializer, ...layer }));
  const outputs = sizes.layers.at(-1)!.units;
  const random = createRandom(seed, 'network-case');
  return {
    network: { layers, loss, seed },
    inputShape: [inputs],
    training: { optimizer: sizes.optimizer ?? { kind: 'sgd', learningRate: 0.1 }, batchSize, epochs: 1, l2, seed },
    x: Float64Array.from({ length: rows * inputs }, random.normal),
    y: randomTargets(loss, rows, outputs, seed),
    rows,
    inputs,
    outputs,
  };
}

/** Targets as the loss expects them: numbers, zeros and ones, or one-hot rows. */
export function randomTargets(loss: LossKind, rows: number, outputs: number, seed: number): Float64Array {
  const random = createRandom(seed, 'targets');
  const y = new Float64Array(rows * outputs);
  if (loss === 'squared') return y.map(random.normal);
  if (loss === 'logistic') return y.map(() => random.integer(2));
  for (let row = 0; row < rows; row++) y[row * outputs + random.integer(outputs)] = 1;
  return y;
}
