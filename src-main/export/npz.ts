import { succeed } from '../../src-worker/problem';
import { CARRY_KEY, encodeCarry } from '../carry';
import { encodeNpy } from '../../src-worker/encode-npy';
import { writeZip } from '../zip';
import { holdsEverything, oneFile, type ExportFormat } from './format';
import { optimizerOption } from './optimizer-option';

/**
 * The weights, each array in the precision that it was trained in, read by `numpy.load`; beside them, in `layerlab.json`, what brings the model back
 * whole, which NumPy hands out as bytes.
 */
export const npz: ExportFormat = {
  id: 'npz',
  label: 'NPZ',
  group: 'numbers',
  brief: 'weights for NumPy',
  extension: 'npz',
  purpose: 'The weights, for NumPy: W1, b1, … as arrays to the bit.',
  options: [optimizerOption],
  takesData: false,
  proves: 'nothing',
  cannotHold: holdsEverything,
  encode: async (model, options) => {
    const arrays = model.state.parameters.map((tensor) => ({
      ...{ name: `${tensor.name}.npy`, bytes: encodeNpy(tensor), compress: false },
    }));
    const carry = new TextEncoder().encode(encodeCarry(model, options['optimizer'] === 'yes'));
    const entries = [...arrays, { name: `${CARRY_KEY}.json`, bytes: carry, compress: true }];
    return succeed(oneFile(await writeZip(entries, 'weights.npz', 'model'), 'weights.npz'));
  },
  usage: (file) => `numpy.load(${JSON.stringify(file)})["W1"]`,
};
