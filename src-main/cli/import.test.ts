import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from './index';
import { decodeProject } from '../projects';
import { encodeSafetensors } from '../safetensors';
import { valueOf } from '../testing/round-trip';

const experiment = {
  name: 'fruit',
  data: { source: { files: ['fruit.csv'] }, split: { train: 0.8, dev: 0.1, test: 0.1 } },
  network: {
    layers: [
      { kind: 'dense', units: 5, activation: 'relu' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  training: { batchSize: 8, epochs: 3 },
};

const fruit = [
  'weight,size,fruit',
  ...Array.from({ length: 30 }, (_, n) => [
    `${100 + n},${9 - n / 9},apple`,
    `${150 + n},7,pear`,
    `${20 + n},1,cherry`,
  ]).flat(),
].join('\n');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-import-'));
  await writeFile(join(folder, 'fruit.csv'), fruit);
  await writeFile(join(folder, 'fruit.json'), JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const status = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  return { status, stdout, stderr };
}

const project = async (name: string) => valueOf(await decodeProject(await readFile(join(folder, name)), name)).model!;

describe('layerlab import', () => {
  it('brings an export back whole, and it trains on', async () => {
    await run('train', 'fruit.json', '--save', 'own.layerlab', '--export', 'onnx=fruit.onnx');
    expect(await run('import', 'fruit.onnx', '--save', 'back.layerlab')).toMatchObject({ status: 0, stderr: '' });
    const [own, back] = [await project('own.layerlab'), await project('back.layerlab')];
    expect(back.experiment).toEqual(own.experiment);
    expect(back.state.parameters).toEqual(own.state.parameters);
    expect(back.state.history).toEqual(own.state.history);
    const on = await run('train', 'back.layerlab', '--data', 'fruit.csv', '--epochs', '4');
    expect(on.stdout).toContain('4 epochs');
  });

  it('puts arrays into a network by order, and says which goes where', async () => {
    const array = (name: string, shape: number[]) => ({
      ...{ name, shape },
      values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 10),
    });
    const arrays = [
      array('fc1.weight', [5, 2]),
      array('fc1.bias', [5]),
      array('fc2.weight', [3, 5]),
      array('fc2.bias', [3]),
    ];
    await writeFile(join(folder, 'torch.safetensors'), encodeSafetensors(arrays));
    const { status, stdout } = await run('import', 'torch.safetensors', '--into', 'fruit.json', '--save', 'f.layerlab');
    expect(status).toBe(0);
    expect(stdout).toContain('W2       [3, 5] of Layer 2 (dense) ← fc2.weight (by order)');
    const { parameters } = (await project('f.layerlab')).state;
    expect(parameters.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2']);
    expect(parameters[2]!.values).toEqual(arrays[2]!.values);
  });

  it('refuses in words what does not fit, and writes nothing', async () => {
    const arrays = [{ name: 'odd', shape: [7], values: new Float32Array(7) }];
    await writeFile(join(folder, 'odd.safetensors'), encodeSafetensors(arrays));
    const misfit = await run('import', 'odd.safetensors', '--into', 'fruit.json', '--save', 'f.layerlab');
    expect(misfit.status).toBe(2);
    expect(misfit.stderr).toContain('No array of odd.safetensors fits W1');
    const bare = await run('import', 'odd.safetensors', '--save', 'f.layerlab');
    expect(bare).toMatchObject({ status: 2 });
    expect(bare.stderr).toContain('--into is missing');
    const csv = await run('import', 'fruit.csv', '--save', 'f.layerlab');
    expect(csv.stderr).toContain('fruit.csv is not a model that can be read');
    await expect(readFile(join(folder, 'f.layerlab'))).rejects.toThrow('ENOENT');
  });
});

describe('layerlab inspect', () => {
  it('shows layers and arrays', async () => {
    await run('train', 'fruit.json', '--export', 'onnx=fruit.onnx');
    const { status, stdout } = await run('inspect', 'fruit.onnx');
    expect(status).toBe(0);
    expect(stdout).toMatch(/layer1\/z +Gemm +\[5\] +15/);
    expect(stdout).toMatch(/W1 +float32 +\[5, 2\] +-?\d/);
    expect(stdout).toContain('A model of Layerlab: "fruit", after 3 epochs.');
  });
});
