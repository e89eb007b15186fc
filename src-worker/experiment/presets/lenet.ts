import { conv, dense } from '../layer-specs';
import type { LayerSpec } from '../document';
import type { PresetDefinition } from './preset';

/** Smaller images leave nothing for the second pool. */
const SMALLEST = 12;

const pool: LayerSpec = { kind: 'avg-pool2d', size: 2, stride: 2 };

/**
 * Two convolutions with pools by averages and two dense layers, all tanh. LeCun, Bottou, Bengio, Haffner (1998), Gradient-based
 * learning applied to document recognition, figure 2; every filter here looks at every channel, and the output is that of the data.
 */
export const lenet: PresetDefinition = {
  label: 'LeNet-like',
  summary: 'Two convolutions with pools, then dense layers: for images.',
  source: 'LeCun et al. 1998',
  unfit: ({ inputShape: [channels, height = 0, width = 0] }) =>
    channels !== undefined && Math.min(height, width) >= SMALLEST
      ? null
      : `For images of at least ${SMALLEST} × ${SMALLEST}.`,
  hidden: () => [
    conv(6, 5, 'tanh'),
    pool,
    { ...conv(16, 5, 'tanh'), padding: 'valid' },
    pool,
    dense(120, 'tanh'),
    dense(84, 'tanh'),
  ],
};
