import { sizeOf } from '../../tensor';
import { dense } from '../layer-specs';
import type { PresetDefinition } from './preset';

/** The 2-4-1 network: four tanh units, one sigmoid. Planar notes. */
export const planar: PresetDefinition = {
  label: 'Planar 2-4-1',
  summary: 'Two inputs, four tanh units, one sigmoid unit: every one of its numbers can be looked at.',
  source: 'Planar notes',
  unfit: ({ task, inputShape }) =>
    task === 'binary' && sizeOf(inputShape) === 2 ? null : 'For two inputs and two classes.',
  hidden: () => [dense(4, 'tanh')],
};
