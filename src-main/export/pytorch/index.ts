import type { ModelSnapshot, Preprocessing, Proof } from '../../../src-worker/api';
import { succeed } from '../../../src-worker/problem';
import type { ChoiceField } from '../../../src-worker/experiment/field';
import { CARRY_KEY, encodeCarry } from '../../carry';
import { encodeSafetensors } from '../../safetensors';
import { version } from '../../version';
import { quotePython } from '../code-text';
import { holdsEverything, textFile, type ExportFormat } from '../format';
import { optimizerOption } from '../optimizer-option';
import { programOf, type Program } from '../program';
import { answerCode, checkCode, imageDocs, importsOf, tidy } from '../python/answers';
import { pythonList } from '../python/literals';
import { preprocessingCode, proofCode } from '../python/preprocessing';
import { torchState, torchStep, type TorchLines } from './layers';

const weightsOption: ChoiceField = {
  name: 'weights',
  label: 'Weights',
  help: 'Whether they lie beside the module in safetensors, or in it as text, so that one file is all there is.',
  type: 'choice',
  options: [
    { value: 'beside', label: 'In a file beside it' },
    { value: 'inside', label: 'Inside the module' },
  ],
  default: 'beside',
};

/** A module of one readable file with its weights beside it, in a format that runs nothing when it is read. */
export const pytorch: ExportFormat = {
  id: 'pytorch',
  label: 'PyTorch',
  group: 'train',
  brief: 'nn.Module and safetensors',
  extension: 'zip',
  purpose: 'A readable nn.Module with its weights in safetensors, to train on or to build on; scaling inside.',
  options: [weightsOption, optimizerOption],
  alone: { extension: 'py', options: { weights: 'inside' } },
  takesData: false,
  proves: 'checks-itself',
  cannotHold: holdsEverything,
  encode: (model, options, proof) => {
    const { steps } = programOf(model);
    const weights = encodeSafetensors(torchState(steps), {
      format: 'pt',
      [CARRY_KEY]: encodeCarry(model, options['optimizer'] === 'yes'),
    });
    if (options['weights'] === 'inside') return succeed([textFile('model.py', torchCode(model, proof, weights))]);
    return succeed([
      textFile('model.py', torchCode(model, proof)),
      { name: 'weights.safetensors', bytes: weights, compress: false },
    ]);
  },
  usage: (file) => `unzip ${JSON.stringify(file)} && python3 model.py  # or: from model import load, predict`,
};

/**
 * The module in one file, which checks itself when it is run.
 * @param weights safetensors to stand in it as text; left out, they lie beside it
 */
export function torchCode(model: ModelSnapshot, proof: Proof, weights: Uint8Array | null = null): string {
  const program = programOf(model);
  const { preprocessing } = program;
  const steps = program.steps.map(torchStep);
  const modules = steps.flatMap(({ module }) => (module === null ? [] : [module]));
  return tidy(`"""A network trained in Layerlab ${version}, as a PyTorch module: raw ${preprocessing.pixels === null ? 'rows' : 'images'} in, named answers out.

z is the weighted sums of a layer, a its activations; a0 is the input x. The weights ${weights === null ? 'lie beside this file, in weights.safetensors' : 'stand in it, as text'}.
Run this file to check it against the app's own answers.
"""

${importsOf(preprocessing, [...(weights === null ? [] : ['base64']), 'json', 'math', 'pathlib', 'struct'])}

import torch
import torch.nn.functional as F
from torch import nn

NAME = ${quotePython(program.name)}
TARGET = ${quotePython(preprocessing.target.name)}
CLASSES = ${pythonList(preprocessing.target.classes.map(quotePython))}


class Network(nn.Module):
    """Inputs x [n, ${program.inputShape.join(', ')}] to outputs [n, ${program.outputs}]."""

    def __init__(self):
        super().__init__()
${modules.length === 0 ? '        # No layer of it has weights.' : modules.join('\n')}

${forwardCode(program, steps)}


def read_safetensors(path):
    """The tensors of a file by name."""
    return parse_safetensors(bytearray(pathlib.Path(path).read_bytes()))


def parse_safetensors(data):
    """Tensors by name: 8 bytes length, a header of JSON, then the numbers, little-endian and row-major."""
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length].decode("utf-8"))
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        count = (end - begin) // 4
        flat = torch.frombuffer(data, dtype=torch.float32, count=count, offset=8 + length + begin)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors


${loadCode(weights !== null)}

${preprocessingCode(preprocessing)}
${encode(preprocessing)}

${weights === null ? '' : `WEIGHTS = """\n${base64Lines(weights)}\n"""\n\n`}NETWORK = load()


@torch.no_grad()
def forward(x):
    return NETWORK(x)


${answerCode(program)}

${checkCode()}
${proofCode(proof, preprocessing, (sizes, text) => `torch.tensor([float(word) for word in ${text}.split()]).reshape${sizes}`)}
if __name__ == "__main__":
    main()
`);
}

function loadCode(inside: boolean): string {
  const [parameter, tensors] = inside
    ? [
        'path=None',
        'parse_safetensors(bytearray(base64.b64decode(WEIGHTS))) if path is None else read_safetensors(path)',
      ]
    : ['path=pathlib.Path(__file__).with_name("weights.safetensors")', 'read_safetensors(path)'];
  return `def load(${parameter}):
    """The network with its weights, ready to answer; call \`.train()\` on it to go on training."""
    network = Network()
    network.load_state_dict(${tensors})
    return network.eval()`;
}

/** Lines of at most 116 signs. */
function base64Lines(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('base64')
    .replace(/(.{116})(?=.)/g, '$1\n');
}

/** `scores`, from whose z a loss is computed without overflow, and `forward` with the last activation. */
function forwardCode({ steps, outputShape }: Program, lines: readonly TorchLines[]): string {
  const last = steps.at(-1)!;
  const flat = outputShape.length > 1 ? '.flatten(1)' : '';
  const body = lines.flatMap(({ lines: own, activation: g }, i) =>
    g === null || i === lines.length - 1 ? own : [...own, g],
  );
  const { activation } = lines.at(-1)!;
  const z = activation === null ? `a${last.number}` : `z${last.number}`;
  const end = activation === null ? [] : [activation];
  return `    def scores(self, x):
        """What the last activation takes, [n, ${outputShape.join(', ')}]; losses are computed from it."""
        a0 = x
${body.join('\n')}
        return ${z}

    def forward(self, x):
        ${z} = self.scores(x)
${[...end, `        return a${last.number}${flat}`].join('\n')}`;
}

function encode({ pixels, inputShape }: Preprocessing): string {
  if (pixels === null) {
    return `
def encode(rows):
    """The network's inputs x [n, ${inputShape.join(', ')}] of raw rows."""
    return torch.tensor([encode_row(row) for row in rows], dtype=torch.float32)
`;
  }
  return `
def encode(images):
    """The network's inputs x [n, ${inputShape.join(', ')}]: (value - offset) * scale of each channel. ${imageDocs(inputShape)}"""
    offset = torch.tensor(${pythonList(pixels.offset.map(String))}, dtype=torch.float64)[:, None]
    scale = torch.tensor(${pythonList(pixels.scale.map(String))}, dtype=torch.float64)[:, None]
    planes = torch.as_tensor(images, dtype=torch.float64).reshape(len(images), len(offset), -1)
    return ((planes - offset) * scale).float().reshape(len(images), ${inputShape.join(', ')})
`;
}
