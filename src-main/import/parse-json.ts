import { ProblemError } from '../../src-worker/problem';
import { damagedModel } from './unsupported';

/** @throws ProblemError where the bytes are no JSON */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // SyntaxError and TypeError tell what is wrong in English; anything deeper than the stack is a RangeError.
    const why = error instanceof Error ? ` (${error.message.slice(0, 100)})` : '';
    throw new ProblemError(damagedModel(file, `it is not JSON${why}`));
  }
}
