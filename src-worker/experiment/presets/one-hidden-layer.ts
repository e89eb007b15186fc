import { sizeOf } from '../../tensor';
import { dense } from '../layer-specs';
import type { PresetDefinition } from './preset';

/** As many tanh units as are easily looked at, more where there are more inputs. DL notes, two-layer network. */
export const oneHiddenLayer: PresetDefinition = {
  label: 'One hidden layer',
  summary: 'A layer of tanh units between input and output: enough for curved boundaries.',
  source: 'DL notes',
  unfit: () => null,
  hidden: ({ inputShape }) => [dense(unitsFor(sizeOf(inputShape)), 'tanh')],
};

function unitsFor(inputs: number): number {
  if (inputs <= 8) return 8;
  return inputs <= 64 ? 16 : 64;
}
