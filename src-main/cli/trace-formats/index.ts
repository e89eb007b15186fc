import { json } from './json';
import { npz } from './npz';
import { safetensors } from './safetensors';
import type { TraceFormat } from './trace-format';

/** Every format of a trace. To add one: a file and this line. */
export const traceFormats: readonly TraceFormat[] = [safetensors, npz, json];

export type { TraceFormat } from './trace-format';
