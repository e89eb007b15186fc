import { describe, expect, test } from 'vitest';
import { sizeOf, type Shape } from '../../src-worker/tensor';
import { encodeModelProto, ELEMENT, type NodeProto, type TensorProto } from '../export/onnx/proto';
import { readHdf5 } from '../hdf5/read';
import { writeHdf5 } from '../hdf5/write';
import { decodeSafetensorsFile } from '../safetensors';
import { valueOf } from '../testing/round-trip';
import { writeZip } from '../zip';
import { readModel } from './index';
import { decodeTensor } from './onnx/tensors';

/** Files that are well-formed, and made to mislead their reader or to bring it down. */

const floats = (name: string, dims: Shape, values?: readonly number[]): TensorProto => {
  const numbers = Float32Array.from({ length: sizeOf(dims) }, (_, n) => values?.[n] ?? n);
  return { name, dims, dataType: ELEMENT.float, rawData: new Uint8Array(numbers.buffer) };
};
const integers = (name: string, values: readonly number[]): TensorProto => ({
  ...{ name, dims: [values.length], dataType: ELEMENT.int64 },
  rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
});
const node = (opType: string, input: readonly string[], output: string): NodeProto => ({
  ...{ name: output, opType, input, output: [output], attribute: [] },
});

/** From `x` to `y`. */
function onnxOf(shape: Shape, initializer: readonly TensorProto[], nodes: readonly NodeProto[]): Uint8Array {
  const value = (name: string) => ({
    ...{ name, docString: '' },
    type: {
      tensorType: { elemType: 1, shape: { dim: [{ dimParam: 'n' }, ...shape.map((dimValue) => ({ dimValue }))] } },
    },
  });
  return encodeModelProto({
    ...{ irVersion: 8, producerName: 'other', producerVersion: '1', docString: '' },
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: [],
    graph: { name: 'g', docString: '', node: nodes, initializer, input: [value('x')], output: [value('y')] },
  });
}

const read = async (bytes: Uint8Array) => valueOf(await readModel([{ name: 'a.onnx', bytes }]));

describe('ONNX', () => {
  const W = floats('W', [3, 1, 2, 2]);

  test('adds to an image what goes along its channels, and refuses what goes along its width', async () => {
    const adding = (dims: Shape) =>
      read(
        onnxOf(
          [1, 4, 4],
          [W, floats('B', dims, [1, 2, 3])],
          [node('Conv', ['x', 'W'], 'z'), node('Add', ['z', 'B'], 'y')],
        ),
      );
    for (const dims of [
      [3, 1, 1],
      [1, 3, 1, 1],
    ]) {
      const { network } = await adding(dims);
      expect([...(network?.parameters[1]?.values ?? [])], dims.join()).toEqual([1, 2, 3]);
    }
    // The image is 3 wide, so that all of these are as long as there are channels.
    for (const dims of [[3], [1, 3], [3, 1], [1, 1, 1, 3]]) {
      const { network, problems } = await adding(dims);
      expect(network, dims.join()).toBe(null);
      expect(problems[0]?.message).toContain(`Add "y" adds an array of [${dims.join(', ')}] to [3, 3, 3]`);
    }
  });

  test('refuses biases that are spread over the batch, or are too many', async () => {
    for (const dims of [[2, 1], [3], [1, 1, 2]]) {
      const { problems } = await read(
        onnxOf([2], [floats('W', [2, 2]), floats('B', dims)], [node('Gemm', ['x', 'W', 'B'], 'y')]),
      );
      expect(problems[0]?.message, dims.join()).toContain(`adds an array of [${dims.join(', ')}] to [2]`);
    }
    const convolution = onnxOf([1, 4, 4], [W, floats('B', [2])], [node('Conv', ['x', 'W', 'B'], 'y')]);
    expect((await read(convolution)).problems[0]?.message).toContain('has 2 biases for 3 units');
  });

  test('refuses images of negative sizes', async () => {
    const bytes = onnxOf(
      [6],
      [integers('shape', [0, 1, -2, -3]), floats('W', [3, 1, 1, 1])],
      [node('Reshape', ['x', 'shape'], 'image'), node('Conv', ['image', 'W'], 'y')],
    );
    expect((await read(bytes)).problems[0]?.message).toContain('makes [1, -2, -3] of [6]');
  });

  test('joins no lists to what is many times the file', async () => {
    const list = floats('list', [100_000]);
    const many = Array.from({ length: 1_000 }, () => 'list');
    const bytes = onnxOf([2], [list], [node('Concat', many, 'y')]);
    const { network, problems } = await read(bytes);
    expect(network).toBe(null);
    // Refused before it was made: what is made first and counted then has another message.
    expect(problems[0]?.message).toContain('Concat "y" does not take what the node before it gives');
  });

  test('makes no shape of thousands of axes', async () => {
    const ones = integers(
      'ones',
      Array.from({ length: 5_000 }, () => 1),
    );
    for (const operator of ['Reshape', 'Unsqueeze']) {
      const axes = integers(
        'ones',
        Array.from({ length: 5_000 }, (_, n) => n),
      );
      const bytes = onnxOf(
        [2],
        [floats('one', [1]), operator === 'Reshape' ? ones : axes],
        [node(operator, ['one', 'ones'], 'y')],
      );
      expect((await read(bytes)).problems[0]?.message, operator).toContain(
        'does not take what the node before it gives',
      );
    }
  });

  test('knows every type of whole number', () => {
    const tensor = (type: number, raw: Uint8Array | null, packed: readonly (readonly [number, Uint8Array])[] = []) =>
      decodeTensor({ name: 't', dims: [2], type, raw, packed: new Map(packed), external: false }, 'a.onnx');
    const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const cases = [
      [4, 'uint16', Uint16Array.of(7, 65_535)],
      [5, 'int16', Int16Array.of(7, -3)],
      [12, 'uint32', Uint32Array.of(7, 4_294_967_295)],
      [13, 'uint64', BigUint64Array.of(7n, 2n ** 53n)],
    ] as const;
    for (const [number, type, values] of cases)
      expect([tensor(number, bytesOf(values)).type, ...tensor(number, bytesOf(values)).values!]).toEqual([
        type,
        ...Array.from(values, Number),
      ]);
    expect([...tensor(13, null, [[11, Uint8Array.of(7, 0x80, 1)]]).values!]).toEqual([7, 128]);
    expect([...tensor(4, null, [[5, Uint8Array.of(7, 0x80, 1)]]).values!]).toEqual([7, 128]);
  });
});

test('safetensors knows every type of whole number', () => {
  const header = JSON.stringify({
    a: { dtype: 'U16', shape: [1], data_offsets: [0, 2] },
    b: { dtype: 'U32', shape: [1], data_offsets: [2, 6] },
    c: { dtype: 'U64', shape: [1], data_offsets: [6, 14] },
  });
  const bytes = new Uint8Array(8 + header.length + 14).fill(0xff, 8 + header.length, 8 + header.length + 6);
  bytes[0] = header.length;
  bytes.set(new TextEncoder().encode(header), 8);
  bytes[8 + header.length + 6] = 9;
  const { tensors } = decodeSafetensorsFile(bytes, 'a.safetensors');
  expect(tensors.map(({ type, values }) => [type, ...values])).toEqual([
    ['U16', 65_535],
    ['U32', 4_294_967_295],
    ['U64', 9],
  ]);
});

describe('TensorFlow.js', () => {
  const modelOf = (bias: number): Uint8Array =>
    new TextEncoder().encode(
      JSON.stringify({
        modelTopology: {
          class_name: 'Sequential',
          config: {
            layers: [
              { class_name: 'Dense', config: { name: 'd', batch_input_shape: [null, 2], activation: 'linear' } },
            ],
          },
        },
        weightsManifest: [
          {
            paths: ['w.bin'],
            weights: [
              { name: 'd/kernel', shape: [2, 7], dtype: 'float32' },
              { name: 'd/bias', shape: [bias], dtype: 'float32' },
            ],
          },
        ],
      }),
    );
  const weights = (count: number) => ({ name: 'w.bin', bytes: new Uint8Array(4 * count), compress: false });

  test('is refused where a layer has more or fewer biases than units', async () => {
    for (const bias of [7, 3, 8]) {
      const files = [{ name: 'model.json', bytes: modelOf(bias) }, weights(14 + bias)];
      const { network, problems } = valueOf(await readModel(files));
      expect(network === null, String(bias)).toBe(bias !== 7);
      if (bias !== 7) expect(problems[0]?.message).toContain(`Dense "d" has ${bias} biases for 7 units`);
    }
  });

  test('is refused in words where the zip lists a model that is not there', async () => {
    const zip = await writeZip([weights(1), { name: 'model.json', bytes: modelOf(7), compress: false }], 'a.zip');
    // The same name at both places, its first sign another: the directory still says model.json to whoever reads it alone.
    const text = Buffer.from(zip);
    text[text.indexOf('model.json')] = 'n'.charCodeAt(0);
    const outcome = await readModel([{ name: 'a.zip', bytes: new Uint8Array(text) }]);
    expect(outcome).toMatchObject({ ok: false, problems: [{ file: 'a.zip' }] });
  });
});

test('a damaged archive of a model is called that, and no project', async () => {
  const whole = await writeZip([{ name: 'W1.npy', bytes: new Uint8Array(50), compress: false }], 'a.npz');
  const damaged = whole.slice();
  damaged[40] = 1;
  const cut = Uint8Array.from([...whole.subarray(0, -22), ...whole.subarray(-22)]);
  cut[cut.length - 12] = 0xff;
  for (const bytes of [damaged, cut]) {
    const outcome = await readModel([{ name: 'a.npz', bytes }]);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'import/damaged', file: 'a.npz' }] });
    expect(!outcome.ok && outcome.problems[0]?.message).not.toContain('project');
  }
});

describe('HDF5', () => {
  test('whose headers lead to themselves is not read for ever', () => {
    const bytes = new Uint8Array(400);
    const view = new DataView(bytes.buffer);
    const address = (at: number, value: number): void => view.setBigUint64(at, BigInt(value), true);
    bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
    bytes.set([8, 8], 13);
    const [root, block] = [100, 200];
    address(64, root);
    bytes[root] = 1;
    view.setUint32(root + 8, 48, true);
    for (const start of [root + 16, block])
      for (const at of [start, start + 24]) {
        view.setUint16(at, 0x10, true);
        view.setUint16(at + 2, 16, true);
        address(at + 8, block);
        address(at + 16, 48);
      }
    expect(() => readHdf5(bytes, 'a.h5')).toThrow('its headers run in a circle');
  });

  test('of floats that are laid out otherwise is no array of numbers', () => {
    const datasets = new Map([['a', { shape: [1], values: Float32Array.of(1.5) }]]);
    const bytes = Buffer.from(writeHdf5({ groups: new Map(), datasets }));
    expect(readHdf5(bytes, 'a.h5')[0]).toMatchObject({ type: 'float32', values: Float32Array.of(1.5) });
    // Class and version, bits, size; offset and precision; where the exponent lies, and its width.
    const type = bytes.indexOf(Buffer.from([0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8]));
    expect(type).toBeGreaterThan(0);
    bytes[type + 13] = 9;
    expect(readHdf5(bytes, 'a.h5')[0]).toMatchObject({ type: 'no numbers', values: null });
  });
});
