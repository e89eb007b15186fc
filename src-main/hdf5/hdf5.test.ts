import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as h5wasm from 'h5wasm/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { findPython } from '../testing/find-python';
import { readHdf5 } from './read';
import { writeHdf5, type Hdf5Group } from './write';

const group = (children: Record<string, Hdf5Group | { shape: number[]; values: Float32Array }>): Hdf5Group => ({
  groups: new Map(
    Object.entries(children).flatMap(([name, child]) => ('groups' in child ? [[name, child] as const] : [])),
  ),
  datasets: new Map(
    Object.entries(children).flatMap(([name, child]) => ('shape' in child ? [[name, child] as const] : [])),
  ),
});

const array = (...shape: number[]) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i) * 100),
});

const many = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [`dense_${n}`, group({ vars: group({ '0': array(n + 1, 2), '1': array(2) }) })]),
);
const tree = group({
  layers: group({
    conv2d: group({ vars: group({ '0': array(3, 3, 2, 4), '1': array(4) }) }),
    flatten: group({ vars: group({}) }),
    ...many,
  }),
  vars: group({}),
});

function expectedOf({ groups, datasets }: Hdf5Group, path = ''): [string, readonly number[], readonly number[]][] {
  return [
    ...[...datasets].map(([name, { shape, values }]): [string, readonly number[], readonly number[]] => [
      path + name,
      shape,
      [...values],
    ]),
    ...[...groups].flatMap(([name, inner]) => expectedOf(inner, `${path}${name}/`)),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
}

const readBy = (bytes: Uint8Array) =>
  readHdf5(bytes, 'test.h5')
    .map(({ name, shape, values }): [string, readonly number[], readonly number[]] => [
      name,
      shape,
      [...(values ?? [])],
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));

let folder: string;

beforeAll(async () => {
  await h5wasm.ready;
});

describe('HDF5', () => {
  test('written by us is what we read, and the same every time', () => {
    expect(readBy(writeHdf5(tree))).toEqual(expectedOf(tree));
    expect(writeHdf5(tree)).toEqual(writeHdf5(tree));
  });

  test('written by us is what the library of the HDF Group reads', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'layerlab-hdf5-')), 'ours.h5');
    writeFileSync(path, writeHdf5(tree));
    const file = new h5wasm.File(path, 'r');
    for (const [name, shape, values] of expectedOf(tree)) {
      const dataset = file.get(name) as h5wasm.Dataset;
      expect(dataset.shape).toEqual(shape);
      expect([...(dataset.value as Float32Array)]).toEqual(values);
    }
    expect((file.get('layers') as h5wasm.Group).keys()).toHaveLength(42);
    file.close();
    rmSync(join(path, '..'), { recursive: true });
  });

  /** With more than eight, that library takes another kind of group, which Keras never asks for. */
  const narrow = group({
    layers: group({ dense: group({ vars: group({ '0': array(4, 2), '1': array(2) }) }) }),
    vars: group({}),
  });

  test('written by that library is what we read', () => {
    folder = mkdtempSync(join(tmpdir(), 'layerlab-hdf5-'));
    const path = join(folder, 'theirs.h5');
    const file = new h5wasm.File(path, 'w');
    for (const [name, shape, values] of expectedOf(narrow)) {
      const parts = name.split('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const inner = parts.slice(0, depth).join('/');
        if (file.get(inner) === null) file.create_group(inner);
      }
      file.create_dataset({ name, data: Float32Array.from(values), shape: [...shape] });
    }
    file.close();
    expect(readBy(readFileSync(path))).toEqual(expectedOf(narrow));
    rmSync(folder, { recursive: true });
  });

  const python = findPython('h5py');
  test.skipIf(python === null)('written by h5py as Keras asks it to is what we read', () => {
    folder = mkdtempSync(join(tmpdir(), 'layerlab-hdf5-'));
    const script = `
import h5py, numpy as np, sys
with h5py.File(sys.argv[1], 'w', libver='earliest') as f:
    g = f.create_group('layers/dense/vars')
    g['0'] = np.arange(6, dtype='f4').reshape(2, 3)
    g['1'] = np.arange(3, dtype='f8') / 4
    g['2'] = np.arange(3, dtype='f2') / 4
    g['3'] = np.array([-3, 7], dtype='i2')
    g['4'] = np.array([65535, 7], dtype='u2')
    g['steps'] = np.int64(12)
    f['layers/dense'].attrs['name'] = 'dense'
    for n in range(40):
        f[f'layers/d{n}/vars/0'] = np.float32([n])
`;
    execFileSync(python ?? '', ['-c', script, join(folder, 'a.h5')]);
    const found = readBy(readFileSync(join(folder, 'a.h5')));
    const many = found.filter(([name]) => name.startsWith('layers/d') && !name.startsWith('layers/dense'));
    expect(many).toHaveLength(40);
    expect(many.every(([name, , values]) => name === `layers/d${values[0]}/vars/0`)).toBe(true);
    expect(found.filter((each) => !many.includes(each))).toEqual([
      ['layers/dense/vars/0', [2, 3], [0, 1, 2, 3, 4, 5]],
      ['layers/dense/vars/1', [3], [0, 0.25, 0.5]],
      ['layers/dense/vars/2', [3], [0, 0.25, 0.5]],
      ['layers/dense/vars/3', [2], [-3, 7]],
      ['layers/dense/vars/4', [2], [65_535, 7]],
      ['layers/dense/vars/steps', [], [12]],
    ]);
    rmSync(folder, { recursive: true });
  });

  test('in chunks is refused by name', () => {
    folder = mkdtempSync(join(tmpdir(), 'layerlab-hdf5-'));
    const path = join(folder, 'chunked.h5');
    const file = new h5wasm.File(path, 'w');
    file.create_dataset({ name: 'packed', data: new Float32Array(100), shape: [100], chunks: [10] });
    file.close();
    expect(() => readHdf5(readFileSync(path), 'chunked.h5')).toThrow(
      'chunked.h5 holds the array "packed", which is stored in chunks',
    );
    rmSync(folder, { recursive: true });
  });
});
