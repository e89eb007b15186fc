import type { ModelSnapshot, TrainingData } from '../../../src-worker/api';
import { version } from '../../version';

/** What lies in the folder and the three commands. Our own words and numbers only, so that no name of a project can mar it. */
export function readme({ experiment }: ModelSnapshot, data: TrainingData): string {
  const { training, network } = experiment;
  const counts = (['train', 'dev', 'test'] as const)
    .map(
      (part) =>
        `${(data[part]?.count ?? 0).toLocaleString('en')} to ${{ train: 'train on', dev: 'choose by', test: 'test on' }[part]}`,
    )
    .join(', ');
  const drops = network.layers.some(({ kind }) => kind === 'dropout');
  return `# Training with PyTorch, on one machine or many

Exported by Layerlab ${version}: the network, its settings, and the prepared data (${counts}).

    pip install -r requirements.txt
    torchrun --nproc_per_node=2 train.py
    python3 model.py

The first command installs PyTorch. The second trains in two processes; give it more, or one. The third checks the exported model
against the app's own answers; copy \`result/weights.safetensors\` over \`weights.safetensors\` to predict with what was trained here
(its check then tells how far the new weights are from the old).

PyTorch 1.13 under Python 3.11 or later has a launcher that starts nothing unless it is told where output goes: there, add
\`--redirects 1 --tee 1\` behind torchrun.

## Several machines

Copy the folder to each and run on all of them, with the address of the first:

    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=FIRST:29400 --rdzv_id=1 train.py

Processes with a GPU each talk over nccl, others over gloo; \`--backend\` decides. Process 0 writes the result, on the first machine
after every epoch. \`--resume\` goes on from \`result/checkpoint.pt\`, with any number of processes, where every machine can read it.

## What comes out

- \`result/history.json\`: drop it on Layerlab's window, and it is a run beside the others.
- \`result/weights.safetensors\`: the weights, which Layerlab reads too.
- \`result/checkpoint.pt\`: for \`--resume\`.

## What is the same, and what is not

Batches of ${training.batchSize} in the order of the seed ${training.seed}, optimizer (${training.optimizer.kind}), schedule (${training.schedule.kind}), L1, L2, clipping, class weights and early stopping
are the app's. Processes share each batch, so their number changes no update but for rounding${drops ? ', and for what dropout draws, which is not what the app draws' : ''}.
Accuracy, or RMSE, MAE and R², are measured here; precision, recall, F1, AUC and top-k are left empty.

\`train_x.npy\` and its like hold the inputs as the network takes them (images as bytes, which \`model.encode\` scales), \`train_y.npy\` the
targets, in the order of the app. \`start.safetensors\` holds the weights to begin with, \`start.json\` the place in the run.
`;
}
