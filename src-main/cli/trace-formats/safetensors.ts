import { encodeSafetensors } from '../../safetensors';
import type { TraceFormat } from './trace-format';

/** F64 or F32 arrays; read by `safetensors.numpy.load_file` and most machine-learning tools. */
export const safetensors: TraceFormat = {
  extension: '.safetensors',
  encode: (tensors) => Promise.resolve(encodeSafetensors(tensors)),
};
