import type { LossKind, ModelSnapshot } from '../../../src-worker/api';
import { optimizers } from '../../../src-worker/optimizers';
import { pythonNumber } from '../python/literals';
import { BATCH_NORM } from './batch-norm-script';
import { LOOP } from './loop-script';
import { torchRule } from './optimizers';
import { rateLines } from './schedules';

/** Loss of every example `[n]`, from `scores`, which is z; formulas as in src-worker/losses. */
const losses = {
  squared: '((network(x) - y) ** 2).sum(1) / 2',
  logistic: 'F.binary_cross_entropy_with_logits(network.scores(x).flatten(1), y, reduction="none").sum(1)',
  'cross-entropy': '-(y * F.log_softmax(network.scores(x).flatten(1), 1)).sum(1)',
} satisfies Readonly<Record<LossKind, string>>;

const indent = (lines: readonly string[], by: number): string =>
  lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');

/**
 * `train.py`: the app's training in PyTorch, settings written out as constants. Nothing in it is a text of the model: names
 * stand in model.py and start.json.
 */
export function trainScript({ experiment, preprocessing }: ModelSnapshot): string {
  const { network, training } = experiment;
  const { optimizer, schedule, earlyStopping } = training;
  const { slots, lines } = torchRule(optimizer);
  const normalises = network.layers.some(({ kind }) => kind === 'batch-norm');
  const patience = schedule.kind === 'reduce-on-plateau' ? String(schedule.patience) : 'None';
  const [stopPatience, improvement] =
    earlyStopping === null
      ? ['None', '0.0']
      : [String(earlyStopping.patience), pythonNumber(earlyStopping.minimumImprovement)];
  const kept =
    slots.length === 0 ? '' : `\n            ${slots.join(', ')}${slots.length === 1 ? ',' : ''} = self.slots[name]`;
  return `"""Trains the network of model.py on the data beside it, in one process or in many that share every batch.

    torchrun --nproc_per_node=2 train.py

In one process it makes the updates that Layerlab makes: same weights, order, optimizer (${optimizer.kind}), schedule (${schedule.kind}) and
split. Several processes make the same updates together; only what dropout draws differs. See README.md.
"""

import argparse
import json
import math
import os
import pathlib
import struct
import sys

import numpy as np
import torch
import torch.distributed as dist
import torch.distributed.nn.functional
import torch.nn.functional as F
from torch import nn

import model
from order import epoch_order

FOLDER = pathlib.Path(__file__).resolve().parent

BATCH_SIZE = ${training.batchSize}
EPOCHS = ${training.epochs}
SEED = ${training.seed}  # of the order
ALPHA = ${pythonNumber(optimizer.learningRate)}
L2 = ${pythonNumber(training.l2)}  # the cost grows by L2 / 2 times the sum of the squared weights, biases left out
L1 = ${pythonNumber(training.l1)}  # and by L1 times the sum of their sizes
CLIP_NORM = ${pythonNumber(training.clipNorm)}  # longest gradient; 0 leaves it as it is
PLATEAU_PATIENCE = ${patience}  # of the schedule, in epochs
STOP_PATIENCE = ${stopPatience}  # of early stopping, in epochs
STOP_IMPROVEMENT = ${improvement}
REGRESSION = ${preprocessing.task === 'regression' ? 'True' : 'False'}
DEVIATION = ${pythonNumber(preprocessing.target.deviation)}  # target = output * DEVIATION + mean


def learning_rate(epoch, step, batches, epochs, plateaus):
    """Of the next update; \`epoch\` counts those that are done, \`step\` the updates as if all epochs had been whole."""
${indent(rateLines(schedule), 4)}


def losses(network, x, y):
    """The loss of every example [n]."""
    return ${losses[network.loss]}


class Optimizer:
    """${optimizers[optimizer.kind].label}, as Layerlab has it, with L1, L2 and clipping of the gradient before it."""

    def __init__(self, network):
        self.parameters = list(network.named_parameters())
        self.slots = {name: [torch.zeros_like(W) for _ in ${JSON.stringify(slots)}] for name, W in self.parameters}
        self.t = 0

    @torch.no_grad()
    def step(self, rate):
        """One update; returns the length of the gradient, and makes none where that is no finite number."""
        self.t += 1
        for name, W in self.parameters:
            if W.dim() > 1:  # a weight; biases, gamma and beta are not regularised
                W.grad.add_(W, alpha=L2).add_(torch.sign(W), alpha=L1)
        norm = math.sqrt(sum(float((W.grad.double() ** 2).sum()) for _, W in self.parameters))
        if not math.isfinite(norm):
            return norm
        shrink = CLIP_NORM / norm if 0 < CLIP_NORM < norm else 1.0
        for name, W in self.parameters:
            g = W.grad * shrink
            is_weight = W.dim() > 1  # decay acts on these${kept}
${indent(lines, 12)}
        return norm

    def clear(self):
        for slots in self.slots.values():
            for slot in slots:
                slot.zero_()
        self.t = 0

    def take(self, tensors):
        """What the app's optimizer kept, where it was exported."""
        for name, slots in self.slots.items():
            for slot, letter in zip(slots, ${JSON.stringify(slots)}):
                if f"{letter}.{name}" in tensors:
                    slot.copy_(tensors[f"{letter}.{name}"])
        if "t" in tensors:
            self.t = int(tensors["t"].item())

${normalises ? BATCH_NORM : '\ndef shared(network):\n    """The network as it is: no layer of it looks at the batch as a whole."""\n    return network\n'}
${LOOP}`;
}
