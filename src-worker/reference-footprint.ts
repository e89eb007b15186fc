import type { CompileRequest, Precision } from './engine';
import type { ExampleCounts, Footprint } from './footprint';
import { EVALUATION_ROWS } from './network';
import { optimizers } from './optimizers';
import { resolveNetwork } from './shape';
import { sizeOf } from './tensor';

/**
 * What the reference backend takes for a network, by its own sizes: the arrays of a batch serve evaluation too. The few numbers
 * for each channel that batch normalisation keeps are left out.
 * @throws ProblemError if a layer does not fit
 */
export function referenceFootprint(
  { network, inputShape, training }: CompileRequest,
  { counts, images, weighted }: ExampleCounts,
  precision: Precision,
): Footprint {
  const each = precision === 'float64' ? 8 : 4;
  const layers = resolveNetwork(network, inputShape);
  const slots: number = optimizers[training.optimizer.kind].slots.length;
  const [inputs, outputs] = [sizeOf(inputShape), sizeOf(layers.at(-1)!.outputShape)];
  const all = counts.train + counts.dev + counts.test;
  const slice = Math.min(EVALUATION_ROWS, Math.max(counts.train, counts.dev, counts.test));
  const rows = Math.max(1, slice, Math.min(training.batchSize, counts.train));
  const sizes = layers.map((layer) => {
    const lengths = layer.parameters.map(({ shape, trained }) => ({ length: sizeOf(shape), trained }));
    const total = (chosen: typeof lengths): number => chosen.reduce((sum, { length }) => sum + length, 0);
    const values = each * total(lengths);
    // z, a and delta; without an activation z is a.
    const batch = each * rows * sizeOf(layer.outputShape) * (layer.activation === null ? 2 : 3);
    return { values, slots: each * slots * total(lengths.filter(({ trained }) => trained)), batch };
  });
  const sum = (of: (size: (typeof sizes)[number]) => number): number => sizes.reduce((s, size) => s + of(size), 0);
  const parameters = sum(({ values }) => values);
  const optimizer = sum((size) => size.slots);
  const batch = sum((size) => size.batch) + each * rows * (inputs + outputs);
  const targets = all * outputs * each;
  const held = all * inputs * (images ? 1 : each) + targets + (weighted ? counts.train * each : 0);
  const examples = held + 4 * counts.train;
  return {
    bytes: 2 * parameters + optimizer + batch + examples,
    parameters,
    gradients: parameters,
    optimizer,
    batch,
    evaluation: 0,
    scratch: 0,
    examples,
    beside: parameters + optimizer + targets,
    layers: sizes.map((size) => ({ batch: size.batch, rest: 2 * size.values + size.slots })),
    threads: 1,
  };
}
