import type { TrainingWorkload, WorkloadLayer } from './contract';

/** A layer of a workload with what it takes and gives. */
export interface ShapedLayer {
  readonly layer: WorkloadLayer;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Shape of W: dense `[units, inputs]`, conv2d `[filters, channels, kernel, kernel]`; null where there is none. */
  readonly weightShape: readonly number[] | null;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function shapedLayers({ inputShape, layers }: TrainingWorkload): ShapedLayer[] {
  let shape = inputShape;
  return layers.map((layer) => {
    const shaped = { layer, inputShape: shape, ...shapeOf(layer, shape) };
    shape = shaped.outputShape;
    return shaped;
  });
}

export function outputsOf(workload: TrainingWorkload): number {
  return sizeOf(shapedLayers(workload).at(-1)?.outputShape ?? []);
}

function shapeOf(layer: WorkloadLayer, input: readonly number[]): Pick<ShapedLayer, 'outputShape' | 'weightShape'> {
  if (layer.kind === 'dense') return { outputShape: [layer.units], weightShape: [layer.units, sizeOf(input)] };
  const [channels = 0, height = 0, width = 0] = input;
  if (layer.kind === 'max-pool2d')
    return { outputShape: [channels, height / layer.size, width / layer.size], weightShape: null };
  const { filters, kernel } = layer;
  return {
    outputShape: [filters, height - kernel + 1, width - kernel + 1],
    weightShape: [filters, channels, kernel, kernel],
  };
}
