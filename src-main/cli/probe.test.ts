import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { createWasmEngine } from '../../src-worker/engines';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { createTrainer } from '../../src-worker/trainer';
import { main } from './index';
import { openProject } from './open-experiment';

it('a row that is tried in the window is answered as `layerlab predict` answers it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-probe-'));
  try {
    const io = { stdout: { write: () => undefined }, stderr: { write: () => undefined }, cwd: () => folder };
    const csv = await readFile(new URL('../../e2e/data/penguins.csv', import.meta.url), 'utf8');
    const network = {
      layers: [
        { kind: 'dense', units: 6 },
        { kind: 'dense', units: 3, activation: 'softmax' },
      ],
    };
    const experiment = { data: { source: { files: ['penguins.csv'] } }, network, training: { epochs: 5 } };
    await writeFile(join(folder, 'penguins.csv'), csv);
    await writeFile(join(folder, 'p.json'), JSON.stringify(experiment));
    expect(await main(['train', 'p.json', '--save', 'p.layerlab', '--threads', '1'], io)).toBe(0);
    expect(await main(['predict', 'p.layerlab', '--data', 'penguins.csv', '--out', 'out.csv'], io)).toBe(0);
    const [answers] = [
      Papa.parse<Record<string, string>>(await readFile(join(folder, 'out.csv'), 'utf8'), { header: true }).data,
    ];

    const { model } = await openProject('p.layerlab', io);
    const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
    expect((await trainer.loadData(model.experiment.data, [new File([csv], 'penguins.csv')], [])).ok).toBe(true);
    expect((await trainer.build(model.experiment, model.state)).ok).toBe(true);
    const rows = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
    rows.slice(0, 60).forEach((row, n) => {
      const probed = trainer.probe({ row });
      if (!probed.ok) throw new Error(JSON.stringify(probed.problems));
      const { answer, outputs } = probed.value.prediction;
      expect(answer).toBe(answers[n]!['species']);
      const written = ['Adelie', 'Chinstrap', 'Gentoo'].map((name) => Number(answers[n]![`p(${name})`]));
      expect(written).toEqual(outputs);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
