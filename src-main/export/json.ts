import type { ModelSnapshot } from '../../src-worker/api';
import { succeed } from '../../src-worker/problem';
import type { FloatArray, NamedTensor } from '../../src-worker/tensor';
import { exactNumber, stringifyExactly } from '../exact-json';
import { version } from '../version';
import { encodeCarry } from '../carry';
import { holdsEverything, oneFile, type ExportFormat } from './format';
import { optimizerOption } from './optimizer-option';

/**
 * The weights as text that a person can read, with the experiment, the preprocessing and the place in the run:
 *
 *   { "format": "layerlab-weights", "version": 1, "app": "…", "experiment": {…}, "preprocessing": {…}, "history": {…}, "optimizer": "base64" | null,
 *     "weights": { "W1": { "shape": [units, inputs], "values": [[…], …] }, "b1": {…}, … } }
 *
 * `values` is nested by the shape, row-major; those of the float64 backend say `"type": "float64"`. Every number reads back to the same bits; what JSON cannot write is one of the
 * strings "NaN", "Infinity", "-Infinity", "-0".
 */
export const json: ExportFormat = {
  id: 'json',
  label: 'JSON',
  group: 'numbers',
  brief: 'all of it as text',
  extension: 'json',
  purpose: 'Weights, experiment and scaling as readable text, for your own code.',
  options: [optimizerOption],
  takesData: false,
  proves: 'nothing',
  cannotHold: holdsEverything,
  encode: (model, options) => succeed(oneFile(encodeJson(model, options['optimizer'] === 'yes'))),
  usage: (file) => `json.load(open(${JSON.stringify(file)}))["weights"]["W1"]["values"]`,
};

function encodeJson(model: ModelSnapshot, withOptimizer: boolean): Uint8Array {
  const { experiment, preprocessing, state } = model;
  const carried = JSON.parse(encodeCarry(model, withOptimizer)) as Record<'history' | 'optimizer', unknown>;
  const head: readonly [string, unknown][] = [
    ['format', 'layerlab-weights'],
    ['version', 1],
    ['app', `Layerlab ${version}`],
    ['experiment', experiment],
    ['preprocessing', preprocessing],
    ['history', carried.history],
    ['optimizer', carried.optimizer],
  ];
  const lines = head.map(([key, value]) => `  ${JSON.stringify(key)}: ${indent(value)}`);
  const weights = state.parameters.map(describeTensor).join(',\n');
  // In pieces, because one string could not hold the text of a hundred million weights.
  return Buffer.concat(
    ['{\n', lines.join(',\n'), ',\n  "weights": {\n', weights, '\n  }\n}\n'].map((part) => Buffer.from(part)),
  );
}

function indent(value: unknown): string {
  return JSON.stringify(JSON.parse(stringifyExactly(value)), null, 2).replaceAll('\n', '\n  ');
}

function describeTensor({ name, shape, values }: NamedTensor): string {
  const type = values instanceof Float64Array ? '\n      "type": "float64",' : '';
  return `    ${JSON.stringify(name)}: {${type}\n      "shape": [${shape.join(', ')}],\n      "values": ${nest(shape, values, 0, '      ')}\n    }`;
}

/** The part of the array from `start` on that has this shape: innermost rows on one line each. */
function nest(shape: readonly number[], values: FloatArray, start: number, margin: string): string {
  const [length, ...inner] = shape;
  if (length === undefined) return shortest(values, start);
  if (inner.length === 0) return `[${Array.from({ length }, (_, i) => shortest(values, start + i)).join(', ')}]`;
  const size = inner.reduce((product, n) => product * n, 1);
  const rows = Array.from({ length }, (_, i) => `${margin}  ${nest(inner, values, start + i * size, `${margin}  `)}`);
  return `[\n${rows.join(',\n')}\n${margin}]`;
}

/** Most digits that a float32 needs to read back to the same bits. */
const FLOAT32_DIGITS = 9;

/** The shortest text that reads back to the same element. */
function shortest(values: FloatArray, index: number): string {
  const value = values[index]!;
  if (values instanceof Float64Array || !Number.isFinite(value) || value === 0)
    return JSON.stringify(exactNumber(value));
  for (let digits = 6; digits < FLOAT32_DIGITS; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(FLOAT32_DIGITS)));
}
