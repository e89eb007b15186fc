import type { ModelSnapshot, Preprocessing, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import { version } from '../../version';
import { fitsIntoCode, quotePython } from '../code-text';
import { textFile, type ExportFormat } from '../format';
import { programOf, weightsOf, type Weights } from '../program';
import { answerCode, checkCode, imageDocs, importsOf, tidy } from '../python/answers';
import { numberText, pythonList } from '../python/literals';
import { preprocessingCode, proofCode } from '../python/preprocessing';
import { FUNCTIONS, numpyStep, type NumpyFunction } from './layers';

/** The whole path in one file of plain NumPy, in the notes' notation: to be read as much as to be run. */
export const numpy: ExportFormat = {
  id: 'numpy',
  label: 'NumPy',
  group: 'code',
  brief: 'to read and to run',
  extension: 'py',
  purpose: 'One Python file without a framework, as readable as the notes; scaling and weights inside.',
  options: [],
  takesData: false,
  proves: 'checks-itself',
  cannotHold: fitsIntoCode('NumPy'),
  encode: (model, _options, proof) => succeed([textFile('model.py', numpyCode(model, proof))]),
  usage: (file) => `python3 ${JSON.stringify(file)}  # or: from ${moduleName(file)} import predict`,
};

/** What Python calls the file in an import, where it can. */
function moduleName(file: string): string {
  const name = file.replace(/\.py$/, '');
  return /^[A-Za-z_]\w*$/.test(name) ? name : 'model';
}

function numpyCode(model: ModelSnapshot, proof: Proof): string {
  const program = programOf(model);
  const { preprocessing } = program;
  const steps = program.steps.map(numpyStep);
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  const functions = (Object.keys(FUNCTIONS) as NumpyFunction[]).filter((name) => needed.has(name));
  return tidy(`"""A network trained in Layerlab ${version}, in plain NumPy: raw ${preprocessing.pixels === null ? 'rows' : 'images'} in, named answers out.

W and b are the weights and biases of a layer, z its weighted sums, a its activations; a0 is the input x.
Run this file to check it against the app's own answers.
"""

${importsOf(preprocessing, ['math'])}

import numpy as np

NAME = ${quotePython(program.name)}
TARGET = ${quotePython(preprocessing.target.name)}
CLASSES = ${pythonList(preprocessing.target.classes.map(quotePython))}

${preprocessingCode(preprocessing)}
${encode(preprocessing)}

${functions.map((name) => `${FUNCTIONS[name]}\n\n\n`).join('')}def forward(x):
    """The outputs [n, ${program.outputs}] of inputs x [n, ${program.inputShape.join(', ')}]."""
    a0 = x
${steps.flatMap(({ lines }) => lines).join('\n')}
    return a${program.steps.at(-1)!.number}${program.outputShape.length > 1 ? '.reshape(len(x), -1)' : ''}


${answerCode(program)}

${checkCode()}

def weights(shape, text):
    """An array of float32 numbers, widened so that sums are exact to many more digits."""
    return np.array(text.split(), dtype=np.float32).astype(np.float64).reshape(shape)


${program.steps.flatMap(weightsOf).map(weightsCode).join('\n')}

${proofCode(proof, preprocessing, (sizes, text) => `weights(${sizes}, ${text})`)}
if __name__ == "__main__":
    main()
`);
}

function encode({ pixels, inputShape }: Preprocessing): string {
  if (pixels === null) {
    return `
def encode(rows):
    """The network's inputs x [n, ${inputShape.join(', ')}] of raw rows."""
    return np.array([encode_row(row) for row in rows], dtype=np.float64).reshape(len(rows), -1)
`;
  }
  return `def encode(images):
    """The network's inputs x [n, ${inputShape.join(', ')}]: (value - offset) * scale of each channel. ${imageDocs(inputShape)}"""
    offset = np.array(${pythonList(pixels.offset.map(String))})[:, None]
    scale = np.array(${pythonList(pixels.scale.map(String))})[:, None]
    planes = np.asarray(images, dtype=np.float64).reshape(len(images), len(offset), -1)
    return ((planes - offset) * scale).reshape(len(images), ${inputShape.join(', ')})
`;
}

function weightsCode({ name, shape, values }: Weights): string {
  const [first, ...rest] = shape;
  const size = rest.length === 0 ? `${first},` : shape.join(', ');
  return `${name} = weights((${size}), """\n${numberText(values, shape.at(-1)!)}\n""")\n`;
}
