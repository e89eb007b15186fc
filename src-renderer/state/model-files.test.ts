import { expect, it } from 'vitest';
import { exportOf } from '../../src-main/testing/exports';
import { makeModel, makeProject } from '../../src-main/testing/models';
import { encodeProject } from '../../src-main/projects';
import { writeZip } from '../../src-main/zip';
import { findModelFiles } from './model-files';

const file = (name: string, content: string | Uint8Array = 'x') =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
const found = async (...files: File[]) => (await findModelFiles(files)).map(({ name }) => name);

async function zipOf(name: string, ...entries: readonly string[]): Promise<File> {
  const parts = entries.map((entry) => ({ name: entry, bytes: new Uint8Array(8), compress: false }));
  return file(name, await writeZip(parts, name));
}

it('knows models by their names', async () => {
  expect(await found(file('a.onnx'), file('b.KERAS'), file('c.csv'), file('d.safetensors'), file('e.npy'))).toEqual([
    'a.onnx',
    'b.KERAS',
    'd.safetensors',
  ]);
});

it.each(['json', 'npz', 'pytorch', 'tfjs'] as const)('knows what was exported as %s by its content', async (format) => {
  const { content } = await exportOf(format, makeModel());
  const name = { json: 'a.json', npz: 'a.npz', pytorch: 'a.zip', tfjs: 'a.zip' }[format];
  expect(await found(file(name, content))).toEqual([name]);
});

it('takes the weights of TensorFlow.js along, and no other .bin', async () => {
  const model = file('web/model.json', '{"modelTopology": {"class_name": "Sequential"}}');
  expect(await found(model, file('web/group1-shard1of1.bin'), file('x.csv'))).toEqual([
    'web/model.json',
    'web/group1-shard1of1.bin',
  ]);
  expect(await found(file('raw.bin'), file('rows.json', '{"data": [1]}'))).toEqual([]);
});

it('leaves data and projects alone', async () => {
  const project = await encodeProject(makeProject());
  expect(
    await found(
      await zipOf('mnist.npz', 'x_train.npy', 'y_train.npy'),
      await zipOf('plain.npz', 'arr_0.npy', 'arr_1.npy'),
      await zipOf('images.zip', 'cat/1.png', 'dog/2.png'),
      await zipOf('mixed.npz', 'W1.npy', 'x.npy'),
      file('renamed.zip', project),
      file('cut.npz', 'PK\u0003\u0004'),
    ),
  ).toEqual([]);
});

it('knows weights that NumPy or PyTorch named', async () => {
  const all = [await zipOf('a.npz', 'W1.npy', 'b1.npy'), await zipOf('b.npz', 'fc1.weight.npy', 'fc1.bias.npy')];
  expect(await found(...all)).toEqual(['a.npz', 'b.npz']);
});
