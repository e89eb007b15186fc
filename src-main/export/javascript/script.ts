import type { ModelSnapshot, Preprocessing, Proof } from '../../../src-worker/api';
import { sizeOf } from '../../../src-worker/tensor';
import { version } from '../../version';
import { quote, wrap } from '../code-text';
import { programOf, weightsOf, type Program } from '../program';
import { FUNCTIONS, scriptStep, type ScriptFunction } from './layers';
import { scriptList, scriptNumber, scriptRow, scriptWeights } from './literals';
import { preprocessingCode } from './preprocessing';

/** What the script defines for others. */
export const SCRIPT_NAMES = ['name', 'target', 'classes', 'encode', 'forward', 'predict', 'check'] as const;

/**
 * The whole path as JavaScript without imports and exports, so that a module and a page can hold the same text: {@link SCRIPT_NAMES}
 * are its constants and functions. Texts of the model stand in it only as literals, which HTML cannot take for its own either.
 */
export function scriptCode(model: ModelSnapshot, proof: Proof): string {
  const program = programOf(model);
  const { preprocessing } = program;
  const steps = program.steps.map(scriptStep);
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  const functions = (Object.keys(FUNCTIONS) as ScriptFunction[]).filter((each) => needed.has(each));
  const images = preprocessing.pixels !== null;
  return `/*
 * A network trained in Layerlab ${version}: one raw ${images ? 'image' : 'row'} in, a named answer out. Depends on nothing.
 * W and b are the weights and biases of a layer, z its weighted sums, a its activations; a0 is the input x.
 */

/** @typedef {string | number | null} Cell */
/** @typedef {Readonly<Record<string, Cell>>} Row */

${namesCode(program)}

${preprocessingCode(preprocessing)}

${functions.map((each) => `${FUNCTIONS[each]}\n\n`).join('')}/**
 * The outputs [${program.outputs}] of an input x [${program.inputShape.join(', ')}], flat.
 * @param {Float64Array} x
 * @returns {Float64Array}
 */
function forward(x) {
  const a0 = x;
${steps.flatMap(({ lines }) => lines).join('\n')}
  return a${program.steps.at(-1)!.number};
}

${answerCode(program)}

/**
 * The largest difference from the outputs that the app gave for a few ${images ? 'images' : 'rows'}; throws where an answer differs.
 * @returns {number}
 */
function check() {
  let largest = 0;
  checkRows.forEach((row, n) => {
    const { outputs, answer } = predict(row);
    outputs.forEach((output, k) => {
      largest = Math.max(largest, Math.abs(output - checkOutputs[n][k]));
    });
    if (classes.length > 0 && answer !== answerOf(checkOutputs[n])) throw new Error("an answer differs from the app's");
  });
  return largest;
}

${program.steps.flatMap(weightsOf).map(scriptWeights).join('\n\n')}

${proofCode(proof, preprocessing)}
`;
}

/** What the model is called, what it answers, and in which words. */
export function namesCode({ name, preprocessing: { target } }: Program): string {
  return `/** @type {string} */
const name = ${quote(name)};
/** @type {string} */
const target = ${quote(target.name)};
/** @type {readonly string[]} */
const classes = ${scriptList(target.classes.map(quote))};`;
}

/** `answerOf(outputs)`. */
export function answerOfCode({ preprocessing: { task, target }, outputs }: Program): string {
  const [type, body] = {
    regression: [
      'number',
      `  return outputs[0] * ${scriptNumber(target.deviation)} + ${scriptNumber(target.mean)}; // in the target's own units`,
    ],
    one: ['string', '  return classes[outputs[0] >= 0.5 ? 1 : 0];'],
    several: ['string', '  return classes[outputs.indexOf(Math.max(...outputs))];'],
  }[task === 'regression' ? 'regression' : outputs === 1 ? 'one' : 'several'] as [string, string];
  return `/**
 * What the outputs of one example mean.
 * @param {readonly number[]} outputs
 * @returns {${type}}
 */
function answerOf(outputs) {
${body}
}`;
}

function answerCode(program: Program): string {
  const { preprocessing, outputs } = program;
  const [parameter, of] = preprocessing.pixels === null ? ['row', 'Row'] : ['image', 'ArrayLike<number>'];
  const type = preprocessing.task === 'regression' ? 'number' : 'string';
  return `${answerOfCode(program)}

/**
 * The answer to one raw ${parameter}, and the outputs [${outputs}] behind it.
 * @param {${of}} ${parameter}
 * @returns {{ answer: ${type}, outputs: number[] }}
 */
function predict(${parameter}) {
  const outputs = Array.from(forward(encode(${parameter})));
  return { answer: answerOf(outputs), outputs };
}`;
}

/** `checkRows` and `checkOutputs`: the proof. */
export function proofCode({ rows, pixels, count, outputs, part }: Proof, { inputShape }: Preprocessing): string {
  const width = outputs.length / count;
  const size = sizeOf(inputShape);
  const from = part === 'drawn' ? 'Made-up inputs' : `Inputs of the ${part} part`;
  const inputs = Array.from({ length: count }, (_, n) =>
    pixels === null
      ? `  ${scriptRow(Object.entries(rows[n]!))},`
      : `  [\n${wrap(Array.from(pixels.subarray(n * size, (n + 1) * size), scriptNumber), '    ')}\n  ],`,
  );
  const answers = Array.from(
    { length: count },
    (_, n) => `  [${Array.from(outputs.subarray(n * width, (n + 1) * width), scriptNumber).join(', ')}],`,
  );
  return `/** ${from}, and what Layerlab answered them with. */
const checkRows = [
${inputs.join('\n')}
];
const checkOutputs = [
${answers.join('\n')}
];`;
}
