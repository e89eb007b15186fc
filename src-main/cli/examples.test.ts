import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMnist } from '../../e2e/mnist-files';
import { decodeSafetensors } from '../safetensors';
import { main } from './index';
import type { Report } from './report';

/** The documents of docs/examples do what they are there for: the digits on a small share of MNIST, the table as it stands. */

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let digits: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-examples-'));
  const { train, test } = writeMnist(folder, 1000, 300);
  digits = ['--data', ...train, '--test-data', ...test];
  await copyFile(fromRoot('e2e/data/penguins.csv'), join(folder, 'penguins.csv'));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(command: string, example: string, ...argv: readonly string[]): Promise<string> {
  await copyFile(fromRoot(`docs/examples/${example}.json`), join(folder, `${example}.json`));
  const output = { stdout: '', stderr: '' };
  const status = await main([command, `${example}.json`, ...argv], {
    stdout: { write: (text) => (output.stdout += text) },
    stderr: { write: (text) => (output.stderr += text) },
    cwd: () => folder,
  });
  expect(status, output.stderr + output.stdout).toBe(0);
  return output.stdout;
}

async function reportOf(example: string, ...argv: readonly string[]): Promise<Report> {
  await run('train', example, ...argv, '--report', 'report.json');
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
}

async function traceOf(example: string, backend: string) {
  const out = `${example}-${backend}.safetensors`;
  await run('trace', example, ...digits, '--batch', '4', '--backend', backend, '--out', out);
  return decodeSafetensors(await readFile(join(folder, out)), out);
}

describe.each([
  ['mnist-mlp', 784 * 128 + 128 + 128 * 10 + 10],
  ['mnist-cnn', 8 * 25 + 8 + 16 * 8 * 25 + 16 + 256 * 10 + 10],
])('%s', (example, parameters) => {
  it('learns digits: above 80 % of unseen ones after three epochs over a thousand', async () => {
    const report = await reportOf(example, ...digits, '--epochs', '3', '--threads', '2');
    expect(report).toMatchObject({ parameters, epochs: 3, steps: 3 * 32, backend: 'wasm' });
    expect(report.test!.accuracy).toBeGreaterThan(0.8);
    expect(report.history.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
  });

  it('has the gradients that central differences have', async () => {
    expect(await run('check', example, '--batch', '1', ...digits.slice(0, 3))).toContain('Every gradient is right');
  });

  it('has the same step on both backends, within 1e-5 of the largest entry of each array', async () => {
    const [exact, fast] = [await traceOf(example, 'reference'), await traceOf(example, 'wasm')];
    expect(fast.map(({ name, shape }) => [name, shape])).toEqual(exact.map(({ name, shape }) => [name, shape]));
    for (const [index, { name, values: given }] of exact.entries()) {
      const values = Array.from(given);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - fast[index]!.values[i]!)), 0);
      expect(worst, name).toBeLessThanOrEqual(1e-5 * largest);
    }
  });
});

describe('penguins', () => {
  it('tells the species apart with every kind of setting in use, and says how well class by class', async () => {
    const report = await reportOf('penguins');
    expect(report.test!.accuracy).toBeGreaterThan(0.95);
    expect(report.test!.classes!.map(({ name }) => name)).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
    expect(Object.keys(report.dev!)).toEqual('loss accuracy precision recall f1 classes confusion'.split(' '));
    expect(report.epochs).toBeLessThanOrEqual(60);
  });
});
