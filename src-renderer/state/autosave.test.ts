import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeMnist } from '../../e2e/mnist-files';
import type { SessionUpdate } from '../../src-main/bridge';
import type { StoredRun } from '../../src-main/keep/keep-types';
import type { TrainingSpec } from '../../src-worker/api';
import { parseExperimentText } from '../../src-worker/experiment/parse';
import { succeed } from '../../src-worker/problem';
import { openWindow } from '../testing/window';
import type { AppState } from './app.svelte';

/** Nothing is kept but when this test asks for it. */
vi.mock('./autosave-pace', () => ({ dueAt: () => 1e9 }));

test('what a run goes on to do while its data are kept is not mixed into what is kept', async () => {
  let endOfData: () => void = () => undefined;
  const updates: SessionUpdate[] = [];
  const keepData = vi.fn(() => new Promise((resolve) => (endOfData = () => resolve(succeed('data')))));
  const keepSession = (update: SessionUpdate) => Promise.resolve(succeed(void updates.push(update)));
  const window = await openWindow({ keepData, keepSession } as never);
  try {
    const { app } = window;
    await showDigits(app);
    await app.step(3);
    app.autosave.goOnFrom('nothing');
    const keeping = app.autosave.keepNow();
    await vi.waitUntil(() => keepData.mock.calls.length > 0, { timeout: 20_000 });
    const { training } = app.experiment.document;
    app.experiment.edit('Learning rate', (document) => ({ ...document, training: withRate(training, 0.0123) }));
    await app.settled();
    expect(app.runs.list[0]!.document.training.optimizer.learningRate).toBe(0.0123);
    endOfData();
    await keeping;
    app.autosave.goOnFrom('nothing');
    await app.autosave.keepNow();
    const rates = updates.map(({ document, parts }) => {
      const run = parts.find(({ kind }) => kind === 'run')!.value as StoredRun;
      return [document.training.optimizer.learningRate, run.document.training.optimizer.learningRate];
    });
    const before = training.optimizer.learningRate;
    expect(rates).toEqual([
      [before, before],
      [0.0123, 0.0123],
    ]);
  } finally {
    window.close();
  }
});

/** Data in files, which are kept apart from the work. */
async function showDigits(app: AppState): Promise<void> {
  const parsed = parseExperimentText(await readFile('docs/examples/mnist-mlp.json', 'utf8'), 'mnist-mlp.json');
  if (!parsed.ok) throw new Error('the example does not parse');
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-autosave-'));
  try {
    const { train } = writeMnist(folder, 200, 1);
    const files = await Promise.all(
      train.map(async (path) => new File([new Uint8Array(await readFile(path))], basename(path))),
    );
    const source = { files: files.map(({ name }) => name), testFiles: [] };
    const document = { ...parsed.value, data: { ...parsed.value.data, source } };
    expect(await app.project.showDocument(document, { files, testFiles: [] }, null)).toBe(true);
    await app.settled();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withRate(training: TrainingSpec, learningRate: number): TrainingSpec {
  return { ...training, optimizer: { ...training.optimizer, learningRate } };
}
