import { sizeOf } from '../../tensor';
import { dense } from '../layer-specs';
import type { PresetDefinition } from './preset';

/** Three relu layers that grow narrower. CS229 notes, N layers with g. */
export const deepDense: PresetDefinition = {
  label: 'Deep dense network',
  summary: 'Three layers of relu units, each narrower than the one before.',
  source: 'CS229 notes §2',
  unfit: () => null,
  hidden: ({ inputShape }) =>
    (sizeOf(inputShape) > 64 ? [128, 64, 32] : [32, 16, 8]).map((units) => dense(units, 'relu')),
};
