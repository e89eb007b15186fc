import { ProblemError } from '../../src-worker/problem';
import { damagedModel } from './unsupported';

/** @throws ProblemError where the bytes are no JSON */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ProblemError(damagedModel(file, whyNot(error)));
  }
}

/** In our own words: those of the parser quote the file, line breaks and all. */
function whyNot(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON: it is cut short, or a sign stands where none may stand';
  if (error instanceof RangeError) return 'it is not JSON that can be read: its lists lie too deep in one another';
  return 'it is not JSON: it is no text in UTF-8';
}
