import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from './index';
import { spreadOf, type FoldsReport } from './folds';

const experiment = {
  name: 'blobs',
  data: { source: { sample: 'blobs', examples: 100, noise: 0.4 }, split: { train: 0.6, dev: 0.2, test: 0.2 } },
  network: { layers: [{ kind: 'dense', units: 3, activation: 'softmax' }] },
  training: { epochs: 5 },
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-folds-'));
  await writeFile(join(folder, 'blobs.json'), JSON.stringify(experiment));
});

afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const status = await main(['train', 'blobs.json', ...argv], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  return { status, stdout, stderr };
}

async function reportOf(...argv: string[]): Promise<FoldsReport & { dev: never }> {
  const { status, stderr } = await run(...argv, '--report', 'report.json');
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as FoldsReport & { dev: never };
}

it('trains once for each fold, judges all on the same test part, and reports mean and deviation', async () => {
  const report = await reportOf('--folds', '4');
  expect(report).toMatchObject({ folds: 4 });
  expect(report.runs).toHaveLength(4);
  const supports = (part: 'dev' | 'test'): readonly number[] =>
    report.runs.map((each) => each[part]!.classes!.reduce((sum, { support }) => sum + support, 0));
  expect(supports('test')).toEqual([20, 20, 20, 20]);
  expect(supports('dev')).toEqual([20, 20, 20, 20]);
  const { dev, test } = report as FoldsReport;
  const losses = report.runs.map((each) => each.dev!.loss);
  expect(new Set(losses).size).toBe(4);
  expect(dev['loss']!.mean).toBeCloseTo(losses.reduce((a, b) => a + b) / 4, 12);
  expect(dev['loss']).toEqual(spreadOf(losses));
  expect(test!['accuracy']!.mean).toBeCloseTo(report.runs.reduce((sum, each) => sum + each.test!.accuracy!, 0) / 4, 12);
});

it('of one fold is what the document says of that fold', async () => {
  const { runs } = await reportOf('--folds', '3');
  const split = { ...experiment.data.split, method: 'folds', folds: 3, fold: 2 };
  const document = { ...experiment, data: { ...experiment.data, split } };
  await writeFile(join(folder, 'blobs.json'), JSON.stringify(document));
  const single = (await reportOf()) as unknown as FoldsReport['runs'][number];
  expect(single.history).toEqual(runs[1]!.history);
});

it('prints each fold and the two lines of the whole', async () => {
  const { stdout } = await run('--folds', '2');
  expect(stdout).toMatch(/^fold 1\/2 {2}dev .*\nfold 2\/2 {2}dev .*\nmean ± deviation over 2 folds\n/);
  expect(stdout).toMatch(/\ndev {3}accuracy [\d.]+ ± [\d.]+, loss [\d.]+ ± [\d.]+\ntest {2}accuracy /);
});

it.each([
  [['--folds', '1'], /--folds/],
  [['--folds', '1000'], /--folds must be at most/],
  [['--folds', '3', '--save', 'x.layerlab'], /none to --save or --export/],
  [['--folds', '3', '--export', 'json=x.json'], /none to --save or --export/],
])('%j is refused', async (argv, message) => {
  const { status, stderr } = await run(...argv);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});

it('the deviation is that of a sample, divided by k − 1', () => {
  expect(spreadOf([1, 2, 3, 4])).toEqual({ mean: 2.5, deviation: Math.sqrt(5 / 3) });
  expect(spreadOf([7])).toEqual({ mean: 7, deviation: 0 });
});
