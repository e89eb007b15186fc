import { traceToJson } from '../../../src-worker/insight/trace-json';
import type { TraceFormat } from './trace-format';

/** Arrays nested by their shape, see {@link traceToJson}. */
export const json: TraceFormat = {
  extension: '.json',
  encode: (tensors) => Promise.resolve(new TextEncoder().encode(traceToJson(tensors))),
};
