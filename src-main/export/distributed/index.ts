import type { ModelSnapshot, NamedTensor, RunState, TrainingData } from '../../../src-worker/api';
import type { ChoiceField } from '../../../src-worker/experiment/field';
import { initialParameters } from '../../../src-worker/network';
import { succeed, type Problem } from '../../../src-worker/problem';
import { CARRY_KEY, encodeCarry } from '../../carry';
import { encodeNpy } from '../../../src-worker/encode-npy';
import { encodeSafetensors } from '../../safetensors';
import { version } from '../../version';
import { textFile, type ExportFile, type ExportFormat } from '../format';
import { programOf } from '../program';
import { torchCode } from '../pytorch';
import { torchNames, torchState } from '../pytorch/layers';
import { ORDER_SCRIPT } from './order-script';
import { readme } from './readme';
import { trainScript } from './train-script';

const startField: ChoiceField = {
  name: 'start',
  label: 'Begin',
  help: 'Whether training there begins with the weights of the seed, or goes on from the weights and the epoch of the app.',
  type: 'choice',
  options: [
    { value: 'beginning', label: 'At the first epoch' },
    { value: 'now', label: 'Where the run stands' },
  ],
  default: 'beginning',
};

/**
 * A folder that trains the network on more processes or machines: everything that one process does is what the app does. What
 * several do is the same updates again, because each takes its share of every batch.
 */
export const pytorchDistributed: ExportFormat = {
  id: 'pytorch-distributed',
  label: 'PyTorch, distributed',
  group: 'train',
  brief: 'torchrun, many machines',
  extension: 'zip',
  purpose:
    'Training on more processors or machines with torchrun: model, data, settings and order; the result comes back as a run.',
  options: [startField],
  takesData: true,
  proves: 'checks-itself',
  cannotHold,
  encode: (model, { start }, proof, data) => {
    const { steps } = programOf(model);
    const weights = encodeSafetensors(torchState(steps), { format: 'pt', [CARRY_KEY]: encodeCarry(model, false) });
    const first = start === 'now' ? model.state : beginning(model);
    const begun: ModelSnapshot = { ...model, state: first };
    return succeed([
      textFile('README.md', readme(model, data!)),
      textFile('requirements.txt', 'torch>=1.13\nnumpy>=1.20\n'),
      textFile('model.py', torchCode(model, proof)),
      { name: 'weights.safetensors', bytes: weights, compress: false },
      textFile('train.py', trainScript(model)),
      textFile('order.py', ORDER_SCRIPT),
      textFile('start.json', startText(begun)),
      { name: 'start.safetensors', bytes: startTensors(begun), compress: false },
      ...dataFiles(model, data!),
    ]);
  },
  usage: (file) => `unzip ${JSON.stringify(file)} && torchrun --nproc_per_node=2 train.py`,
};

function cannotHold({ experiment }: ModelSnapshot): readonly Problem[] {
  if (experiment.data.augmentation === null) return [];
  return [
    {
      code: 'export/varied-images',
      message:
        'The images of the training part are varied while it trains (shift, flip, rotation, noise), which PyTorch, distributed cannot do the way Layerlab does.',
      hint: 'Switch the variation of images off before the export, or train in the app.',
      path: 'data.augmentation',
    },
  ];
}

/** The run before its first step. */
function beginning({ experiment, preprocessing }: ModelSnapshot): RunState {
  const parameters = initialParameters(experiment.network, preprocessing.inputShape);
  return { parameters, optimizer: [], epoch: 0, step: 0, batchInEpoch: 0, status: 'ready', history: [] };
}

/** Place and past of the run, and the document that the result is a run of. */
function startText({ experiment, state }: ModelSnapshot): string {
  const { epoch, step, batchInEpoch, history, judgedFrom = 0 } = state;
  const app = `Layerlab ${version}`;
  // JSON has no word for a loss that is no number, and train.py judges by losses.
  const finite = history.filter(({ train, dev }) => Number.isFinite(train.loss) && Number.isFinite(dev?.loss ?? 0));
  return `${JSON.stringify({ app, experiment, epoch, step, batchInEpoch, judgedFrom, history: finite }, null, 1)}\n`;
}

/** Weights by the module's names, and what the optimizer keeps: `v.layer1.weight`, `t`. */
function startTensors(model: ModelSnapshot): Uint8Array {
  const { steps } = programOf(model);
  const names = torchNames(steps);
  const kept = model.state.optimizer.map(({ name, shape, values }): NamedTensor => {
    const [slot = '', ...of] = name.split('.');
    const owner = names.get(of.join('.'));
    return { name: owner === undefined ? name : `${slot}.${owner}`, shape, values: Float32Array.from(values) };
  });
  return encodeSafetensors([...torchState(steps), ...kept], { format: 'pt' });
}

function dataFiles({ preprocessing: { inputShape } }: ModelSnapshot, data: TrainingData): readonly ExportFile[] {
  return (['train', 'dev', 'test'] as const).flatMap((part) => {
    const found = data[part];
    if (found === null) return [];
    const { count, x, y, weights } = found;
    const outputs = y.length / count;
    const files = [
      { name: `${part}_x.npy`, bytes: encodeNpy({ shape: [count, ...inputShape], values: x }), compress: false },
      { name: `${part}_y.npy`, bytes: encodeNpy({ shape: [count, outputs], values: y }), compress: false },
    ];
    if (weights === null || part !== 'train') return files;
    return [
      ...files,
      { name: 'train_weights.npy', bytes: encodeNpy({ shape: [count], values: weights }), compress: false },
    ];
  });
}
