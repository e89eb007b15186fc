import { encodeNpy } from '../encode-npy';
import { storedZip } from '../stored-zip';
import type { NamedTensor } from '../tensor';

/** A zip of .npy files, one for each array, as `layerlab trace` writes it: `numpy.load(file)["W1"]`. */
export function traceToNpz(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  return storedZip(tensors.map((tensor) => ({ name: `${tensor.name}.npy`, bytes: encodeNpy(tensor) })));
}
