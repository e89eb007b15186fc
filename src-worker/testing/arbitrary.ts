import fc from 'fast-check';
import { activations } from '../activations';
import type { Definition } from '../definition';
import type { CompileRequest } from '../engine';
import type { ActivationKind, InitializerSpec, LayerSpec, LossKind, OptimizerSpec } from '../experiment/document';
import type { Field } from '../experiment/field';
import { layers as layerKinds, type LayerDefinition } from '../layers';
import { losses, type LossDefinition } from '../losses';
import { optimizers } from '../optimizers';
import { createRandom } from '../random';
import { sizeOf, type Shape } from '../tensor';

/** A small network with a batch that fits it: what the property tests run over. */
export interface NetworkCase extends CompileRequest {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

interface DenseSizes {
  readonly units: number;
  readonly activation: ActivationKind;
}

/** Every output that a loss can be computed from, out of the registries. */
export const lossOutputs: readonly { readonly loss: LossKind; readonly activation: ActivationKind }[] = Object.values(
  losses,
).flatMap(({ kind, activations: fitting }) => fitting.map((activation) => ({ loss: kind, activation })));

export const activationKinds = Object.keys(activations) as ActivationKind[];

/** Weights of the size of 1: large enough that every unit matters, small enough that few saturate. */
export const LIVELY: InitializerSpec = { kind: 'normal', mean: 0, deviation: 0.7 };

/**
 * Ranges for the fields in which the extremes leave nothing to compare: a network without units, or a division by a spread of
 * nearly 0, whose curvature no central difference follows.
 */
const LIVELY_RANGES: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  'dropout.rate': { min: 0, max: 0.7 },
  'batch-norm.epsilon': { min: 0.1, max: 1 },
};

/** Every optimizer with the defaults of its fields and this learning rate. */
export function optimizerSpecs(learningRate: number): OptimizerSpec[] {
  return Object.values<Definition<string>>(optimizers).map(({ kind, fields }) => {
    const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
    return { kind, ...defaults, learningRate } as OptimizerSpec; // the fields of a kind are those of its spec
  });
}

/** A layer of any kind, with any values of its fields; whole numbers, such as units, reach up to `most`. */
export function layerSpecs(most: number, initializer = LIVELY): fc.Arbitrary<LayerSpec> {
  const kinds = Object.values<Definition<string>>(layerKinds).map(({ kind, fields }) =>
    fc.record({
      kind: fc.constant(kind),
      ...Object.fromEntries(
        fields.map((each) => {
          const lively = { ...each, ...LIVELY_RANGES[`${kind}.${each.name}`] } as Field; // a range belongs to a number
          return [each.name, fieldValues(lively, most, initializer)];
        }),
      ),
    }),
  );
  return fc.oneof(...kinds) as fc.Arbitrary<LayerSpec>; // the fields of a kind are those of its spec
}

function fieldValues(field: Field, most: number, initializer: InitializerSpec): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'kind':
      return fc.constant(initializer);
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case 'extent': {
      const one = fc.integer({ min: field.min, max: Math.min(field.max, 3) });
      return fc.oneof(one, fc.tuple(one, one));
    }
    case 'padding':
      return fc.constantFrom(...field.options.map(({ value }) => value), 1, 2);
    case 'integer':
      return fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? most, Math.max(field.min ?? 0, most)) });
    case 'number': {
      // A hundred steps from end to end: most doubles of a range lie within a hair of 0, where a rate does nothing.
      const { min = -1, max = Math.max(min, 0) + 1, exclusiveMin = false, exclusiveMax = false } = field;
      const steps = fc.integer({ min: exclusiveMin ? 1 : 0, max: exclusiveMax ? 99 : 100 });
      return steps.map((step) => min + ((max - min) * step) / 100);
    }
  }
}

/** Rows of numbers, or small images. */
export const inputShapes = (most: number): fc.Arbitrary<Shape> =>
  fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: most })),
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
  );

/** Random small networks: any output that some loss fits, up to three hidden layers of any kind and activation, with and without L2. */
export const networkCases: fc.Arbitrary<NetworkCase> = fc
  .record({
    hidden: fc.array(layerSpecs(5), { maxLength: 3 }),
    output: fc.constantFrom(...lossOutputs),
    outputs: fc.integer({ min: 1, max: 4 }),
    inputShape: inputShapes(4),
    rows: fc.integer({ min: 1, max: 6 }),
    l2: fc.constantFrom(0, 0.1),
    optimizer: fc.constantFrom(...optimizerSpecs(0.1)),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ hidden, output, outputs, inputShape, rows, l2, optimizer, seed }) =>
    networkCase({
      layers: [
        ...hidden,
        { units: Math.max(outputs, losses[output.loss].minimumOutputs), activation: output.activation },
      ],
      loss: output.loss,
      inputShape,
      rows,
      l2,
      optimizer,
      seed,
    }),
  );

/**
 * A case by its sizes; weights and examples come from the seed. A layer without a kind is dense; the last one always is. Layers
 * that do not fit what comes before them are left out.
 */
export function networkCase(sizes: {
  readonly layers: readonly (LayerSpec | DenseSizes)[];
  readonly loss: LossKind;
  /** `inputs` for rows of numbers, `inputShape` for images. */
  readonly inputs?: number;
  readonly inputShape?: Shape;
  readonly rows: number;
  readonly l2?: number;
  readonly optimizer?: OptimizerSpec;
  readonly batchSize?: number;
  readonly initializer?: InitializerSpec;
  readonly seed?: number;
}): NetworkCase {
  const {
    inputShape = [sizes.inputs ?? 1],
    rows,
    loss,
    l2 = 0,
    seed = 1,
    initializer = LIVELY,
    batchSize = rows,
  } = sizes;
  const inputs = sizeOf(inputShape);
  const layers = fittingLayers(
    sizes.layers.map((layer): LayerSpec => ('kind' in layer ? layer : { kind: 'dense', initializer, ...layer })),
    inputShape,
  );
  const outputs = (sizes.layers.at(-1) as DenseSizes).units;
  const random = createRandom(seed, 'network-case');
  return {
    network: { layers, loss, seed },
    inputShape,
    training: {
      optimizer: sizes.optimizer ?? { kind: 'sgd', learningRate: 0.1 },
      ...{ batchSize, epochs: 1, l2, seed, classWeights: 'none' },
    },
    x: Float64Array.from({ length: rows * inputs }, random.normal),
    y: randomTargets(loss, rows, outputs, seed),
    rows,
    inputs,
    outputs,
  };
}

function fittingLayers(layers: readonly LayerSpec[], inputShape: Shape): LayerSpec[] {
  let shape = inputShape;
  return layers.filter((layer) => {
    const definition: LayerDefinition = layerKinds[layer.kind];
    const output = definition.outputShape({ layer, name: layer.kind, path: '', inputShape: shape });
    if (output.ok) shape = output.value;
    return output.ok;
  });
}

/** Targets as the loss's tasks expect them: numbers, zeros and ones, or one-hot rows. */
export function randomTargets(loss: LossKind, rows: number, outputs: number, seed: number): Float64Array {
  const random = createRandom(seed, 'targets');
  const y = new Float64Array(rows * outputs);
  const { tasks, minimumOutputs }: LossDefinition = losses[loss];
  if (tasks.includes('regression')) return y.map(random.normal);
  if (minimumOutputs === 1) return y.map(() => random.integer(2));
  for (let row = 0; row < rows; row++) y[row * outputs + random.integer(outputs)] = 1;
  return y;
}
