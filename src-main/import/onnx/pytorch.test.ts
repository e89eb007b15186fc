import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileReference } from '../../../src-worker/network';
import { findPython } from '../../testing/find-python';
import { makeModel } from '../../testing/models';
import { largest, valueOf } from '../../testing/round-trip';
import { readModel } from '..';

const python = findPython('torch');

/** Networks as people write them, their ONNX files, and what PyTorch answers. */
const SCRIPT = String.raw`
import json, sys
import torch
from torch import nn

torch.manual_seed(1)

class Lenet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.bn = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 6, 3, stride=2)
        self.fc1 = nn.Linear(6 * 3 * 3, 12)
        self.fc2 = nn.Linear(12, 5)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv1(x)))
        x = torch.nn.functional.max_pool2d(x, 2)
        x = torch.tanh(self.conv2(x))
        x = x.view(x.size(0), -1)
        return torch.softmax(self.fc2(torch.sigmoid(self.fc1(x))), dim=1)

networks = {
    'lenet': (Lenet(), (1, 14, 14)),
    'rows': (nn.Sequential(nn.Linear(6, 9), nn.GELU(), nn.Dropout(0.2), nn.Linear(9, 7), nn.BatchNorm1d(7), nn.ELU(), nn.Linear(7, 2), nn.LeakyReLU()), (6,)),
    'average': (nn.Sequential(nn.Conv2d(2, 3, 2, bias=False), nn.ReLU(), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 4)), (2, 9, 7)),
    'no bias': (nn.Sequential(nn.Flatten(), nn.Linear(12, 4, bias=False), nn.Softmax(-1)), (3, 2, 2)),
}
for name, (network, shape) in networks.items():
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 2)
            nn.init.normal_(module.weight)
    network.eval()
    x = torch.randn(5, *shape)
    torch.onnx.export(network, x, f'{sys.argv[1]}/{name}.onnx', dynamic_axes={'x': {0: 'batch'}}, input_names=['x'])
    print(json.dumps({'name': name, 'x': x.flatten().tolist(), 'y': network(x).flatten().tolist()}))
`;

test.skipIf(python === null)(
  'networks that PyTorch wrote as ONNX answer as PyTorch does within 1e-5',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-pytorch-'));
    try {
      const output = execFileSync(python ?? '', ['-W', 'ignore', '-c', SCRIPT, folder], { encoding: 'utf8' });
      const cases = output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { name: string; x: number[]; y: number[] });
      expect(cases.length).toBe(4);
      for (const { name, x, y } of cases) {
        const { network, problems } = valueOf(
          await readModel([{ name: `${name}.onnx`, bytes: readFileSync(join(folder, `${name}.onnx`)) }]),
        );
        expect(problems, name).toEqual([]);
        const { spec, inputShape, parameters } = network!;
        const reference = compileReference(
          { network: spec, training: makeModel().experiment.training, inputShape },
          'float64',
        );
        reference.setParameters(parameters);
        expect(largest(reference.predict(Float64Array.from(x), 5), y), name).toBeLessThan(1e-5);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);
