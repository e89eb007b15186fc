import { createContext, Script } from 'node:vm';
import type { RawInputs } from '../../../src-worker/api';
import { sizeOf, type FloatArray, type Shape } from '../../../src-worker/tensor';
import type { ExportReader } from '../format';

/** A script that takes longer than this has gone wrong. */
const MOST_MS = 60_000;

/**
 * Runs the code of an export as its user will, in a realm of its own that has the language and nothing else: no file, no network,
 * no process.
 */
export function runScript(code: string, inputShape: Shape): ExportReader {
  const realm = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const options = { timeout: MOST_MS };
  const predict = new Script(`${code}\n(input) => predict(input).outputs`).runInContext(realm, options) as (
    input: unknown,
  ) => readonly number[];
  return (inputs) => {
    const outputs = examplesOf(inputs, sizeOf(inputShape)).map((input) => Array.from(predict(input)));
    return Promise.resolve(Float64Array.from(outputs.flat()));
  };
}

function examplesOf(
  { count, rows, pixels }: RawInputs,
  size: number,
): readonly (RawInputs['rows'][number] | FloatArray)[] {
  if (pixels === null) return rows;
  return Array.from({ length: count }, (_, n) => pixels.subarray(n * size, (n + 1) * size));
}
