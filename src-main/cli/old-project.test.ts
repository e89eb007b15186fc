import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from './index';
import type { Report } from './report';

/**
 * Five epochs on e2e/data/penguins.csv, float64, saved by the first version: it knew numbers and categories only, nothing of fills, rare
 * categories, splits by column or folds, weights, schedules or single examples, and only the metric of the task.
 */
const OLD = fileURLToPath(new URL('../testing/old-projects/first-version.layerlab', import.meta.url));
const PENGUINS = fileURLToPath(new URL('../../e2e/data/penguins.csv', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-old-'));
  await copyFile(OLD, join(folder, 'old.layerlab'));
  await copyFile(PENGUINS, join(folder, 'penguins.csv'));
});

afterEach(() => rm(folder, { recursive: true }));

/** What it says beside its output. */
async function run(...argv: string[]): Promise<string> {
  let stderr = '';
  const io = {
    stdout: { write: () => true },
    stderr: { write: (text: string) => (stderr += text) },
    cwd: () => folder,
  };
  const status = await main(argv, io);
  if (status !== 0) throw new Error(stderr);
  return stderr;
}

const reportOf = async (...argv: string[]): Promise<Report> => {
  await run('train', 'old.layerlab', '--backend', 'reference', '--report', 'report.json', ...argv);
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
};

it('a project of the first version opens with the split, the scaling and the scores it had', async () => {
  const report = await reportOf();
  // As the first version printed them.
  expect(report.train.loss).toBeCloseTo(0.3286, 4);
  expect([report.dev!.loss, report.test!.loss]).toEqual([expect.closeTo(0.3314, 4), expect.closeTo(0.3223, 4)]);
  expect([report.train, report.dev, report.test].map((part) => part!.accuracy!.toFixed(3))).toEqual([
    '0.971',
    '0.942',
    '0.902',
  ]);
  expect(report.history.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
});

it('is kept beside the first save over it, and that is said', async () => {
  const before = await readFile(OLD);
  expect(await run('train', 'old.layerlab', '--epochs', '6', '--save', 'old.layerlab')).toContain(
    'old.layerlab was saved by an earlier Layerlab; that file is kept as old (version 1).layerlab.',
  );
  expect(Buffer.compare(await readFile(join(folder, 'old (version 1).layerlab')), before)).toBe(0);
  expect(await run('train', 'old.layerlab', '--epochs', '7', '--save', 'old.layerlab')).not.toContain('kept as');
});

it('trains on, and answers rows', async () => {
  const before = await reportOf();
  const after = await reportOf('--epochs', '8', '--save', 'new.layerlab');
  expect(after.history.slice(0, 6)).toEqual(before.history);
  expect(after.train.loss).toBeLessThan(before.train.loss);
  await run('predict', 'new.layerlab', '--data', 'penguins.csv', '--out', 'answers.csv');
  const answers = (await readFile(join(folder, 'answers.csv'), 'utf8')).trim().split('\n');
  const rows = (await readFile(PENGUINS, 'utf8')).trim().split('\n');
  expect(answers).toHaveLength(rows.length);
  const right = rows
    .slice(1)
    .filter((row, n) => row.split(',')[0] === answers[n + 1]!.split(',')[0]!.replaceAll('"', ''));
  expect(right.length / (rows.length - 1)).toBeGreaterThan(0.9);
});
