import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivationKind, LayerSpec } from '../../src-worker/experiment/document';
import { layers as layerKinds } from '../../src-worker/layers';
import { activationKinds, lossOutputs } from '../../src-worker/testing/arbitrary';
import { findPython } from '../testing/find-python';
import {
  compareWithPyTorch,
  randomTraceCases,
  table,
  wrongArrays,
  writeTraceData,
  type TraceCase,
} from './testing/trace-cases';

const python = findPython('torch');

const dense = (units: number, activation: ActivationKind): LayerSpec => ({
  kind: 'dense',
  units,
  activation,
  initializer: { kind: 'xavier-normal' },
});

/** Every hidden activation before every output activation that each loss takes, with as many outputs as its data ask for. */
const systematic: readonly TraceCase[] = activationKinds.flatMap((hidden) =>
  lossOutputs.flatMap(({ loss, activation }, n): TraceCase[] => {
    const rest = { loss, rows: 16, l2: 0.05, l1: 0, seed: n + 1 };
    const of = (target: 'kind' | 'sure' | 'size', outputs: number): TraceCase => ({
      ...rest,
      source: table(target),
      layers: [dense(5, hidden), dense(5, 'tanh'), dense(outputs, activation)],
    });
    // Regression has one output, over which softmax is 1 whatever comes in; on classes it gets three.
    if (loss === 'squared' && activation !== 'softmax') return [of('size', 1)];
    return loss === 'logistic' ? [of('kind', 3), of('sure', 1)] : [of('kind', 3)];
  }),
);

const random = randomTraceCases(40, 20240701);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerlab-trace-'));
  await writeTraceData(folder);
});

afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(python === null)('layerlab trace against PyTorch', () => {
  it.each(Object.keys(layerKinds))('at least four of the random networks have a %s', (kind) => {
    const having = random.filter(({ layers }) => layers.some((layer) => layer.kind === kind));
    expect(having.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['reference', 1e-9],
    ['wasm', 1e-5],
  ])('%s: every z, a, delta, dW and db within %d, for all activations and losses', async (backend, limit) => {
    const errors = await compareWithPyTorch(python!, systematic, backend, folder);
    expect(errors).toHaveLength(systematic.length);
    for (const each of errors) expect(Object.keys(each)).toHaveLength(23);
    expect(wrongArrays(systematic, errors, limit)).toEqual([]);
  });

  it.each([
    ['reference', 1e-9],
    ['wasm', 1e-5],
  ])('%s: every array within %d, for 40 random networks of all layers', async (backend, limit) => {
    const errors = await compareWithPyTorch(python!, random, backend, folder);
    expect(errors).toHaveLength(random.length);
    expect(wrongArrays(random, errors, limit)).toEqual([]);
  });

  it('an array that is wrong is seen: L2 that PyTorch is not told of', async () => {
    const given = systematic.slice(0, 1);
    const told = given.map((each) => ({ ...each, l2: 0 }));
    const errors = await compareWithPyTorch(python!, told, 'reference', folder, given);
    expect(wrongArrays(told, errors, 1e-9).map((text) => text.split(' ')[0])).toEqual(['dW1', 'dW2', 'dW3']);
  });
});
