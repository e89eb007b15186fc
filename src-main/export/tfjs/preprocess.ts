import type { ModelSnapshot, Proof } from '../../../src-worker/api';
import { sizeOf, type Shape } from '../../../src-worker/tensor';
import { version } from '../../version';
import { preprocessingCode } from '../javascript/preprocessing';
import { answerOfCode, namesCode, proofCode } from '../javascript/script';
import { programOf } from '../program';

export const PREPROCESS = 'preprocess.mjs';

/**
 * What stands between raw rows and the model, and between its outputs and named answers, as a module beside it: the layers of TensorFlow.js take
 * numbers alone. It depends on nothing and is handed the caller's own TensorFlow.js.
 */
export function preprocessModule(model: ModelSnapshot, proof: Proof): string {
  const program = programOf(model);
  const { preprocessing, outputs } = program;
  const images = preprocessing.pixels !== null;
  const [rows, of] = images ? ['images', 'ArrayLike<number>'] : ['rows', 'Row'];
  return `/*
 * Raw ${rows} in, named answers out, around the TensorFlow.js model beside this file. Written by Layerlab ${version}.
 * Depends on nothing; each function takes your own TensorFlow.js as tf.
 */

/** @typedef {string | number | null} Cell */
/** @typedef {Readonly<Record<string, Cell>>} Row */

${namesCode(program)}

${preprocessingCode(preprocessing)}

${answerOfCode(program)}

/**
 * The model's input [n, ...] of raw ${rows}${images ? ', channels last' : ''}.
 * @param {readonly ${of}[]} ${rows}
 */
function inputs(tf, ${rows}) {
  const x = Float32Array.from(${rows}.flatMap((each) => Array.from(encode(each))));
${tensorCode(preprocessing.inputShape, rows)}
}

/**
 * The answers to raw ${rows}, and the outputs [${outputs}] behind each.
 * @param {readonly ${of}[]} ${rows}
 */
async function predict(tf, model, ${rows}) {
  const x = inputs(tf, ${rows});
  const y = model.predict(x);
  const flat = await y.data();
  tf.dispose([x, y]);
  return ${rows}.map((_, n) => {
    const outputs = Array.from(flat.subarray(n * ${outputs}, (n + 1) * ${outputs}));
    return { answer: answerOf(outputs), outputs };
  });
}

/**
 * The largest difference from the outputs that the app gave for a few ${rows}; throws where an answer differs.
 * @returns {Promise<number>}
 */
async function check(tf, model) {
  const found = await predict(tf, model, checkRows);
  let largest = 0;
  found.forEach(({ outputs, answer }, n) => {
    outputs.forEach((output, k) => {
      largest = Math.max(largest, Math.abs(output - checkOutputs[n][k]));
    });
    if (classes.length > 0 && answer !== answerOf(checkOutputs[n])) throw new Error("an answer differs from the app's");
  });
  return largest;
}

${proofCode(proof, preprocessing)}

export { name, target, classes, encode, inputs, answerOf, predict, check };
`;
}

function tensorCode(shape: Shape, rows: string): string {
  if (shape.length === 1) return `  return tf.tensor(x, [${rows}.length, ${sizeOf(shape)}]);`;
  return `  return tf.tidy(() => tf.transpose(tf.tensor(x, [${rows}.length, ${shape.join(', ')}]), [0, 2, 3, 1]));`;
}
