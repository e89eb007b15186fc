import type { Shape } from '../../../src-worker/tensor';
import { NetworkAssembler } from '../assembler';
import type { FileTensor } from '../describe-tensor';
import type { DescribedLayer } from '../read-model';
import { Unsupported } from '../unsupported';
import { KERAS_LAYERS, type KerasFileLayer, type Walk } from './layers';

/** A layer as the file's description has it, before it has its arrays. */
export interface TopologyLayer {
  readonly operator: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers that it takes; null where it takes the one before. */
  readonly inbound: readonly string[] | null;
}

const MOST_LAYERS = 10_000;

/** The layers of a `Sequential` or `Functional` model out of its JSON, of Keras 2 and 3 alike; null where it is of another kind. */
export function topologyOf(model: unknown): readonly TopologyLayer[] | null {
  if (!isObject(model) || !isObject(model['config'])) return null;
  const { layers } = model['config'];
  if (!Array.isArray(layers) || layers.length > MOST_LAYERS) return null;
  const described = layers.map((layer: unknown) => {
    if (!isObject(layer) || typeof layer['class_name'] !== 'string') return null;
    const config = isObject(layer['config']) ? layer['config'] : {};
    const name = typeof config['name'] === 'string' ? config['name'] : String(layer['name'] ?? '');
    return { operator: layer['class_name'], name, config, inbound: layer['inbound_nodes'] };
  });
  const found = described.filter((layer) => layer !== null);
  if (found.length !== described.length) return null;
  const names = new Set(found.map(({ name }) => name));
  const sequential = model['class_name'] === 'Sequential';
  return found.map((layer) => ({ ...layer, inbound: sequential ? null : textsIn(layer.inbound, names, 0) }));
}

/** For showing a model that cannot be put together. */
export function describeTopology(
  topology: readonly TopologyLayer[],
  weightsOf: (layer: TopologyLayer) => readonly FileTensor[],
): readonly DescribedLayer[] {
  return topology.map((layer) => ({
    ...{ name: layer.name, operator: layer.operator, outputShape: null },
    parameters: weightsOf(layer).reduce((sum, { values }) => sum + (values?.length ?? 0), 0),
  }));
}

/**
 * Puts the layers together, one after another.
 * @throws Unsupported for the first that the app does not know, and for branches
 */
export function assembleKeras(
  topology: readonly TopologyLayer[],
  buildShape: unknown,
  fileBytes: number,
  weightsOf: (layer: TopologyLayer) => readonly FileTensor[],
): NetworkAssembler {
  const [first] = topology;
  if (first === undefined) throw new Unsupported({ operator: 'The model', name: '' }, 'has no layers', 'at least one');
  const unknown = topology.find(({ operator }) => !Object.hasOwn(KERAS_LAYERS, operator));
  if (unknown !== undefined)
    throw new Unsupported(unknown, 'is a layer that the app has none for', Object.keys(KERAS_LAYERS).join(', '));
  const assembler = new NetworkAssembler(inputShapeOf(first, buildShape), fileBytes);
  const walk: Walk = { assembler, permuted: false, zeros: null };
  let before = '';
  for (const layer of topology) {
    const { inbound, operator } = layer;
    if (inbound !== null && inbound.join() !== before)
      throw new Unsupported(layer, 'does not take just the layer before it', 'one chain of layers');
    const read: KerasFileLayer = { ...layer, weights: weightsOf(layer) };
    if (walk.permuted && operator !== 'Flatten')
      throw new Unsupported(layer, 'takes an image with its channels in front', 'a flatten layer there');
    if (walk.zeros !== null && operator !== 'Conv2D' && operator !== 'ZeroPadding2D')
      throw new Unsupported(layer, 'takes an image with zeros around it', 'a convolution there');
    KERAS_LAYERS[operator]!(walk, read);
    before = layer.name;
  }
  if (walk.permuted || walk.zeros !== null)
    throw new Unsupported(topology.at(-1)!, 'is the last layer', 'a convolution or flatten layer behind it');
  return assembler;
}

/** `[height, width, channels]` of the file as the app's `[channels, height, width]`. */
function inputShapeOf(first: TopologyLayer, buildShape: unknown): Shape {
  const { config } = first;
  const given = config['batch_shape'] ?? config['batch_input_shape'] ?? config['batchInputShape'] ?? buildShape;
  const sizes = Array.isArray(given) ? given.slice(1).map((size) => (typeof size === 'number' ? size : -1)) : [];
  const accepted = 'rows of numbers, or images of height × width × channels, of known size';
  if (sizes.length !== 1 && sizes.length !== 3)
    throw new Unsupported(first, `takes inputs of ${sizes.length} axes besides the batch`, accepted);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1))
    throw new Unsupported(first, 'takes inputs whose size is free', accepted);
  const [height, width, channels] = sizes as [number, number, number];
  return sizes.length === 1 ? sizes : [channels, height, width];
}

/** The known names that stand anywhere in a nested description of nodes. */
function textsIn(value: unknown, names: ReadonlySet<string>, depth: number): readonly string[] {
  if (typeof value === 'string') return names.has(value) ? [value] : [];
  if (depth > 12 || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, names, depth + 1));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
