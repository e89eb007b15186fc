import type { ModelSnapshot, Preprocessing, Proof } from '../../../src-worker/api';
import { version } from '../../version';
import { quotePython } from '../code-text';
import { programOf } from '../program';
import { answerCode, checkCode, imageDocs, importsOf, tidy } from '../python/answers';
import { pythonList } from '../python/literals';
import { preprocessingCode, proofCode } from '../python/preprocessing';

/** The name that Python imports the module by. */
export const PREPROCESS = 'preprocess.py';

/**
 * What stands between raw rows and the model, and between its outputs and named answers, as a module inside the file: Keras has layers for numbers
 * alone, none for holes, words and dates that run on every backend. A `.keras` file is a zip, which Python imports from.
 */
export function preprocessModule(model: ModelSnapshot, proof: Proof): string {
  const program = programOf(model);
  const { preprocessing } = program;
  const images = preprocessing.pixels !== null;
  return tidy(`"""Raw ${images ? 'images' : 'rows'} in, named answers out, around the Keras model in this same file. Written by Layerlab ${version}.

Python imports it out of the .keras file, which is a zip, wherever that lies:

    import sys
    sys.path.insert(0, "model.keras")
    from preprocess import predict

\`PYTHONPATH=model.keras python3 -m preprocess\` checks the model against the app's own answers.
"""

${importsOf(preprocessing, ['math', 'pathlib'])}

import keras
import numpy as np

NAME = ${quotePython(program.name)}
TARGET = ${quotePython(preprocessing.target.name)}
CLASSES = ${pythonList(preprocessing.target.classes.map(quotePython))}

${preprocessingCode(preprocessing)}
${encode(preprocessing)}

MODEL = keras.models.load_model(pathlib.Path(__file__).parent)


def forward(x):
    """The outputs [n, ${program.outputs}] of inputs x."""
    return keras.ops.convert_to_numpy(MODEL(x, training=False))


${answerCode(program)}

${checkCode()}
${proofCode(proof, preprocessing, (sizes, text) => `np.array(${text}.split(), dtype=np.float64).reshape(${sizes})`)}
if __name__ == "__main__":
    main()
`);
}

function encode({ pixels, inputShape }: Preprocessing): string {
  if (pixels === null) {
    return `
def encode(rows):
    """The model's inputs x [n, ${inputShape.join(', ')}] of raw rows."""
    return np.array([encode_row(row) for row in rows], dtype=np.float32).reshape(len(rows), -1)
`;
  }
  const [channels, height, width] = inputShape;
  const order = inputShape.length === 3 ? '.transpose(0, 2, 3, 1)' : '';
  const shape = inputShape.length === 3 ? `${height}, ${width}, ${channels}` : inputShape.join(', ');
  return `
def encode(images):
    """The model's inputs x [n, ${shape}]: (value - offset) * scale of each channel. ${imageDocs(inputShape)}"""
    offset = np.array(${pythonList(pixels.offset.map(String))})[:, None]
    scale = np.array(${pythonList(pixels.scale.map(String))})[:, None]
    planes = np.asarray(images, dtype=np.float64).reshape(len(images), len(offset), -1)
    return ((planes - offset) * scale).astype(np.float32).reshape(len(images), ${inputShape.join(', ')})${order}
`;
}
