import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activations } from '../../src-worker/activations';
import type { ActivationKind, LossKind } from '../../src-worker/experiment/document';
import { losses } from '../../src-worker/losses';
import { main } from './index';
import { findPython } from '../testing/find-python';

const python = findPython('torch');
const L2 = 0.05;

interface Case {
  readonly layers: readonly ActivationKind[];
  readonly loss: LossKind;
  readonly outputs: number;
}

/** Every hidden activation before every output activation that each loss takes, with as many outputs as its data ask for. */
const cases: readonly Case[] = (Object.keys(activations) as ActivationKind[]).flatMap((hidden) =>
  Object.values(losses).flatMap(({ kind, activations: outputs }) =>
    outputs.flatMap((output): Case[] => {
      // Regression has one output, over which softmax is 1 whatever comes in; on classes it gets three.
      const classes = kind !== 'squared' || output === 'softmax';
      const few: Case = { layers: [hidden, 'tanh', output], loss: kind, outputs: classes ? 3 : 1 };
      return kind === 'logistic' ? [few, { ...few, outputs: 1 }] : [few];
    }),
  ),
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-trace-'));
  const rows = Array.from({ length: 60 }, (_, n) => {
    const [a, b] = [Math.sin(n * 1.3), Math.cos(n * 2.1)];
    const kind = ['low', 'middle', 'high'][n % 3];
    return [a + (n % 3), b - (n % 3) / 2, a * b, kind, n % 2 === 0 ? 'yes' : 'no', 3 * a - b].join(',');
  });
  await writeFile(join(folder, 'table.csv'), ['a,b,c,kind,sure,size', ...rows].join('\n'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Writes the trace of a case; returns its path. */
async function traceOf({ layers, loss, outputs }: Case, backend: string, index: number): Promise<string> {
  const target = outputs === 3 ? 'kind' : loss === 'logistic' ? 'sure' : 'size';
  const roles = ['kind', 'sure', 'size'].map((name) => [name, { role: name === target ? 'target' : 'ignore' }]);
  const document = {
    data: { source: { files: ['table.csv'] }, columns: Object.fromEntries(roles) as unknown },
    network: {
      layers: layers.map((activation, l) => ({
        kind: 'dense',
        units: l === layers.length - 1 ? outputs : 5,
        activation,
      })),
      loss,
      seed: index,
    },
    training: { batchSize: 16, l2: L2 },
  };
  const [experiment, out] = [`${index}.json`, `${index}-${backend}.npz`];
  await writeFile(join(folder, experiment), JSON.stringify(document));
  let stderr = '';
  const status = await main(['trace', experiment, '--backend', backend, '--out', out], {
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    cwd: () => folder,
  });
  if (status !== 0) throw new Error(`${JSON.stringify(layers)} ${loss}: ${stderr}`);
  return join(folder, out);
}

describe.skipIf(python === null)('layerlab trace against PyTorch', () => {
  const script = fileURLToPath(new URL('testing/compare-with-pytorch.py', import.meta.url));

  it.each([
    ['reference', 1e-9],
    ['wasm', 1e-5],
  ])('%s: every z, a, delta, dW and db within %d, for all activations and losses', async (backend, limit) => {
    const given = [];
    for (const [index, each] of cases.entries()) {
      given.push({ trace: await traceOf(each, backend, index), layers: each.layers, loss: each.loss, l2: L2 });
    }
    const input = JSON.stringify(given);
    const results = JSON.parse(execFileSync(python ?? '', [script], { input, encoding: 'utf8' })) as Record<
      string,
      number | null
    >[];
    expect(results).toHaveLength(cases.length);
    for (const [index, errors] of results.entries()) {
      expect(Object.keys(errors)).toHaveLength(17);
      for (const [name, error] of Object.entries(errors)) {
        expect(error, `${name} of ${JSON.stringify(cases[index])}`).not.toBeNull();
        expect(error, `${name} of ${JSON.stringify(cases[index])}`).toBeLessThan(limit);
      }
    }
  });
});
