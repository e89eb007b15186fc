import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPython } from '../testing/find-python';
import { compareWithPyTorch, randomTraceCases, wrongArrays, writeTraceData } from './testing/trace-cases';

const NETWORKS = 400;
const python = findPython('torch');

test.skipIf(python === null).each([
  ['reference', 1e-9],
  ['wasm', 1e-5],
])(`layerlab trace, %s: ${NETWORKS} random networks equal PyTorch within %d`, async (backend, limit) => {
  const folder = await mkdtemp(join(tmpdir(), 'layerlab-trace-'));
  try {
    await writeTraceData(folder);
    const cases = randomTraceCases(NETWORKS, 20240702);
    const errors = await compareWithPyTorch(python!, cases, backend, folder);
    expect(errors).toHaveLength(NETWORKS);
    expect(wrongArrays(cases, errors, limit)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
