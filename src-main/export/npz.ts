import { succeed } from '../../src-worker/problem';
import { encodeNpy } from '../npy';
import { writeZip } from '../zip';
import { holdsEverything, oneFile, type ExportFormat } from './format';

/** The weights alone, each array in the precision that it was trained in; read by `numpy.load`. */
export const npz: ExportFormat = {
  id: 'npz',
  label: 'NPZ',
  extension: 'npz',
  purpose: 'The weights alone, for NumPy: W1, b1, … as arrays to the bit.',
  options: [],
  proves: 'nothing',
  cannotHold: holdsEverything,
  encode: async ({ state }) => {
    const arrays = state.parameters.map((tensor) => ({
      ...{ name: `${tensor.name}.npy`, bytes: encodeNpy(tensor), compress: false },
    }));
    return succeed(oneFile(await writeZip(arrays, 'weights.npz'), 'weights.npz'));
  },
  usage: (file) => `numpy.load(${JSON.stringify(file)})["W1"]`,
};
