import { encodeNpy } from '../../../src-worker/encode-npy';
import { writeZip } from '../../zip';
import type { TraceFormat } from './trace-format';

/** A zip of .npy files, one per array; read by `numpy.load`. */
export const npz: TraceFormat = {
  extension: '.npz',
  encode: (tensors) =>
    writeZip(
      tensors.map((tensor) => ({ name: `${tensor.name}.npy`, bytes: encodeNpy(tensor), compress: false })),
      'trace.npz',
    ),
};
