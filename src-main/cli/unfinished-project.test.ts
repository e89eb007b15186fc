import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Experiment } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { createReferenceEngine } from '../../src-worker/engines';
import { createTrainer } from '../../src-worker/trainer';
import type { Project } from '../bridge';
import { encodeProject } from '../projects';
import { main } from './index';
import { unwrap } from './open-experiment';

/** Projects that were saved before their network could be trained, or in the middle of a change. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-unfinished-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]): Promise<{ status: number; stderr: string }> {
  let stderr = '';
  const status = await main(argv, {
    stdout: { write: () => true },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: () => folder,
  });
  return { status, stderr };
}

const document: Experiment = unwrap(
  parseExperiment({
    data: { source: { sample: 'flower', examples: 60 } },
    network: { layers: [{ kind: 'dense', units: 1, activation: 'sigmoid' }] },
    training: { epochs: 2 },
  }),
);
const { layers } = document.network;
const unfit: Experiment = { ...document, network: { ...document.network, layers: [] } };
const wider: Experiment = {
  ...document,
  network: { ...document.network, layers: [{ ...layers[0]!, units: 3 } as (typeof layers)[number], ...layers] },
};

async function trained(): Promise<Project['model']> {
  const trainer = createTrainer(createReferenceEngine('float64'));
  unwrap(await trainer.loadData(document.data, [], []));
  unwrap(await trainer.build(document));
  unwrap(trainer.advance({ steps: 3 }));
  return unwrap(trainer.snapshot());
}

const save = async (project: Project): Promise<void> =>
  writeFile(join(folder, 'p.layerlab'), await encodeProject(project));
const rows = (): Promise<void> => writeFile(join(folder, 'rows.csv'), 'x1,x2\n0.5,1\n');

it('without weights trains where it can, and has nothing to predict or export with', async () => {
  await save({ document: unfit, model: null, data: [] });
  expect(await run('train', 'p.layerlab')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('The network has no layers (network.layers).') as string,
  });
  await rows();
  for (const command of [
    ['predict', 'p.layerlab', '--data', 'rows.csv', '--out', 'answers.csv'],
    ['export', 'p.layerlab', 'json=model.json'],
  ]) {
    const { status, stderr } = await run(...command);
    expect([status, stderr]).toEqual([2, expect.stringContaining('p.layerlab holds no weights')]);
  }
  await save({ document, model: null, data: [] });
  expect(await run('train', 'p.layerlab')).toMatchObject({ status: 0 });
});

it('in the middle of a change asks to finish it before training goes on; its weights answer rows', async () => {
  await save({ document: wider, model: await trained(), data: [] });
  const { status, stderr } = await run('train', 'p.layerlab');
  expect([status, stderr]).toEqual([2, expect.stringContaining('was saved in the middle of a change')]);
  expect(await run('train', 'p.layerlab', '--seed', '2')).toMatchObject({ status: 0 });
  await rows();
  expect(await run('predict', 'p.layerlab', '--data', 'rows.csv', '--out', 'answers.csv')).toMatchObject({ status: 0 });
});
