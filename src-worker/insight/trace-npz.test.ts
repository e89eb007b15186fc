import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { npz } from '../../src-main/cli/trace-formats/npz';
import { findPython } from '../../src-main/testing/find-python';
import { readZip } from '../../src-main/zip';
import type { NamedTensor } from '../tensor';
import { traceToNpz } from './trace-npz';

const tensors: readonly NamedTensor[] = [
  { name: 'x', shape: [2, 1, 2], values: Float64Array.of(0.1, 1 / 3, -0, 5e-324) },
  { name: 'W1', shape: [3], values: Float32Array.of(0.1, -2, NaN) },
  { name: 'loss', shape: [], values: Float64Array.of(0.6931471805599453) },
  { name: 'none', shape: [0, 2], values: Float64Array.of() },
];

test('holds the files that layerlab trace writes, bit by bit', async () => {
  const ours = await readZip(traceToNpz(tensors), 'trace.npz');
  expect(ours).toEqual(await readZip(await npz.encode(tensors), 'trace.npz'));
  expect([...ours.keys()]).toEqual(['x.npy', 'W1.npy', 'loss.npy', 'none.npy']);
  expect(traceToNpz(tensors)).toEqual(traceToNpz(tensors));
  expect(await readZip(traceToNpz([]), 'trace.npz')).toEqual(new Map());
});

const numpy = findPython('numpy');

test.skipIf(numpy === null)('is read by numpy.load, every bit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layerlab-npz-'));
  try {
    writeFileSync(join(folder, 'trace.npz'), traceToNpz(tensors));
    const read =
      'import sys, json, numpy; f = numpy.load(sys.argv[1]);' +
      'print(json.dumps({n: [list(f[n].shape), str(f[n].dtype), f[n].tobytes().hex()] for n in f.files}))';
    const said = execFileSync(numpy!, ['-c', read, join(folder, 'trace.npz')], { encoding: 'utf8' });
    const expected = tensors.map(({ name, shape, values }) => {
      const hex = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
      return [name, [shape, values instanceof Float64Array ? 'float64' : 'float32', hex]];
    });
    expect(JSON.parse(said)).toEqual(Object.fromEntries(expected));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
