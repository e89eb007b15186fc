import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { writeMnist } from '../../e2e/mnist-files';
import { openKeep } from '../../src-main/keep/keep';
import { createServices } from '../../src-main/services';
import { Downloads } from '../../src-main/shell-local/downloads';
import { folderPlaces } from '../../src-main/shell-local/folder-places';
import { decoderHere } from '../../src-main/testing/decoders';
import { parseExperimentText } from '../../src-worker/experiment/parse';
import { openWindow } from '../testing/window';
import { dueAt } from './autosave-pace';

/**
 * What keeping the work costs while docs/examples/mnist-mlp.json trains: time of the processor, which other programs take nothing of, for everything that
 * window, worker and shell do for one keeping. Here all of them are one process; in the app the worker does the smallest part of it.
 */

const WARM_UP = 5;
const KEEPINGS = 25;
/** Of the time of one processor. */
const MOST_SHARE = 0.02;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function fileOf(path: string): Promise<File> {
  return new File([new Uint8Array(await readFile(path))], basename(path));
}

test('keeping takes at most 2 % of one processor', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-cost-'));
  const keep = openKeep(join(folder, 'app'));
  keep.claims.enter('window');
  const places = folderPlaces(join(folder, 'projects'), new Downloads());
  const window = await openWindow(createServices(places, decoderHere, { window: 'window', keep }));
  try {
    const { app } = window;
    const paths = writeMnist(join(folder, 'mnist'), 6_000, 2_000);
    const parsed = parseExperimentText(await readFile('docs/examples/mnist-mlp.json', 'utf8'), 'mnist-mlp.json');
    if (!parsed.ok) throw new Error('the example does not parse');
    const [files, testFiles] = await Promise.all(
      [paths.train, paths.test].map((each) => Promise.all(each.map(fileOf))),
    );
    const source = {
      files: paths.train.map((path) => basename(path)),
      testFiles: paths.test.map((path) => basename(path)),
    };
    const document = { ...parsed.value, data: { ...parsed.value.data, source } };
    expect(await app.project.showDocument(document, { files: files!, testFiles: testFiles! }, null)).toBe(true);
    await app.settled();
    await app.step(400);
    const costs: number[] = [];
    for (let n = 0; n < WARM_UP + KEEPINGS; n++) {
      await app.step(10);
      // As after a restart: nothing is known to be there, and all of it is sent.
      app.autosave.goOnFrom('nothing');
      const before = cpuMs();
      await app.autosave.keepNow();
      costs.push(cpuMs() - before);
      expect(app.autosave.kept?.step).toBe(400 + 10 * (n + 1));
    }
    const cost = median(costs.slice(WARM_UP));
    // While it trains everything is always newer than what is kept: one keeping follows the other as soon as it may.
    const share = cost / dueAt(0, 0, cost);
    process.stdout.write(
      `A keeping takes ${cost.toFixed(1)} ms of the processor, ${(100 * share).toFixed(2)} % of the time.\n`,
    );
    expect(share).toBeLessThan(MOST_SHARE);
  } finally {
    window.close();
    await rm(folder, { recursive: true, force: true });
  }
});
