import { expect, it } from 'vitest';
import { createCatalog } from '../../src-worker/catalog';
import type { LayerSpec } from '../../src-worker/experiment/document';
import { changeField, entryOf } from './layers';

const { fields } = entryOf(createCatalog().layers, 'max-pool2d');
const pool = (size: number, stride: number): LayerSpec => ({ kind: 'max-pool2d', size, stride });

it('moves the stride of a pool with its size where it followed', () => {
  expect(changeField(pool(2, 2), fields, 'size', 3)).toEqual(pool(3, 3));
  expect(changeField(pool(2, 2), fields, 'size', [2, 3])).toEqual({ kind: 'max-pool2d', size: [2, 3], stride: [2, 3] });
});

it('leaves a stride that was chosen for itself, and the size when the stride changes', () => {
  expect(changeField(pool(3, 2), fields, 'size', 4)).toEqual(pool(4, 2));
  expect(changeField(pool(2, 2), fields, 'stride', 1)).toEqual(pool(2, 1));
});

it('keeps a layer switched off', () => {
  expect(changeField({ ...pool(2, 2), enabled: false }, fields, 'size', 3)).toMatchObject({ enabled: false });
});
