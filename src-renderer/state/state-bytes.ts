import type { RunState } from '../../src-worker/api';

/** Held by the arrays of saved runs, in bytes; those that two of them share count once. */
export function stateBytes(states: Iterable<RunState>): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const { parameters, optimizer, best } of states) {
    for (const { values } of [...parameters, ...optimizer, ...(best?.parameters ?? [])]) buffers.add(values.buffer);
  }
  let bytes = 0;
  for (const { byteLength } of buffers) bytes += byteLength;
  return bytes;
}
