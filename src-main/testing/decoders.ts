import { answer } from '../decode/child/answer';
import type { DecoderChild } from '../decode/child-process';
import { createDecoder, type Decoder } from '../decode/decoder';

/** For what reads nothing. */
export const noDecoder: Decoder = {
  decodeTable: () => Promise.reject(new Error('not here')),
  cancel: () => undefined,
  readModel: () => Promise.reject(new Error('not here')),
  readProject: () => Promise.reject(new Error('not here')),
};

/** Reads in this process, for files that are known to be harmless; over the bytes that would cross. */
export const decoderHere: Decoder = createDecoder((): DecoderChild => {
  let end: (reply: Uint8Array | null) => void = () => undefined;
  return {
    send: (request) => void answer(request).then(end),
    onEnd: (listener) => void (end = listener),
    kill: () => end(null),
    memory: () => 0,
  };
});
