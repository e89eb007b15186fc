import { layers as layerKinds, type LayerDefinition } from '../../layers';
import type { Extent, LayerSpec } from '../document';
import { isEnabled, withEnabled } from '../enabled';
import { layerOf, withLayer, withNetwork, type Mender, type Repair } from './repair';

/** A layer against what comes in. */

/** To where images still come by, or out of the way. */
export const mendNoImage: Mender = (problem, context) => {
  const { document, inputShape } = context;
  const found = layerOf(problem, context);
  if (found === null) return [];
  const { layers } = document.network;
  const flattening = layers.findIndex(
    (layer) => isEnabled(layer) && (layer.kind === 'dense' || layer.kind === 'flatten'),
  );
  const moved = layers.toSpliced(found.index, 1).toSpliced(flattening, 0, found.layer);
  const move: Repair = {
    label: `Move it in front of ${describe(layers[flattening], flattening)}`,
    document: withNetwork(document, { layers: moved }),
  };
  const imagesCome = inputShape.length === 3 && flattening >= 0 && flattening < found.index;
  return [...(imagesCome ? [move] : []), ...switchOff(problem, context)];
};

/** Zeros around the image, or a window that the image covers. */
export const mendWindow: Mender = (problem, context) => {
  const found = layerOf(problem, context);
  const [, height, width] = found?.input ?? [];
  if (found === null || height === undefined || width === undefined) return [];
  const { layer, index } = found;
  const as = (label: string, mended: LayerSpec): Repair => ({
    label,
    document: withLayer(context.document, index, mended),
  });
  const within = (extent: Extent): Extent => {
    const [down, across] = typeof extent === 'number' ? [extent, extent] : extent;
    const [h, w] = [Math.min(down, height), Math.min(across, width)];
    return h === w ? h : [h, w];
  };
  if (layer.kind === 'conv2d') {
    const kernel = within(layer.kernel);
    return [
      as('Pad to the same size', { ...layer, padding: 'same' }),
      as(`Make the kernel ${inWords(kernel)}`, { ...layer, kernel }),
    ];
  }
  if (layer.kind !== 'max-pool2d' && layer.kind !== 'avg-pool2d') return [];
  const size = within(layer.size);
  return [
    as(`Make the window ${inWords(size)}`, { ...layer, size, stride: within(layer.stride) }),
    ...switchOff(problem, context),
  ];
};

/** Keeps the layer for later. */
export const switchOff: Mender = (problem, context) => {
  const found = layerOf(problem, context);
  if (found === null) return [];
  return [
    { label: 'Switch it off', document: withLayer(context.document, found.index, withEnabled(found.layer, false)) },
  ];
};

function describe(layer: LayerSpec | undefined, index: number): string {
  const definition: LayerDefinition | undefined = layer && layerKinds[layer.kind];
  return `layer ${index + 1}${definition === undefined ? '' : ` (${definition.label.toLowerCase()})`}`;
}

const inWords = (extent: Extent): string => (typeof extent === 'number' ? `${extent} × ${extent}` : extent.join(' × '));
