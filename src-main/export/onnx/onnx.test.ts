import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { normalProbability } from '../../../src-worker/activations/normal-distribution';
import type { FeatureTransform, ModelSnapshot } from '../../../src-worker/api';
import type { ActivationKind, LayerSpec } from '../../../src-worker/experiment/document';
import { activationOf } from '../../../src-worker/layers';
import { compileReference } from '../../../src-worker/network';
import { createRandom } from '../../../src-worker/random';
import { sizeOf } from '../../../src-worker/tensor';
import { findPython } from '../../testing/find-python';
import { makeModel, numberFeature, type ModelOptions } from '../../testing/models';
import { encodeModel } from '..';
import { exportedBytes, requestOf } from '../../testing/exports';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const exported = (model: ModelSnapshot): Promise<Uint8Array> => exportedBytes('onnx', model);

async function run(model: ModelSnapshot, feeds: Record<string, ort.Tensor>): Promise<Record<string, ort.Tensor>> {
  const session = await ort.InferenceSession.create(await exported(model), { executionProviders: ['wasm'] });
  return (await session.run(feeds)) as Record<string, ort.Tensor>;
}

const apply: Record<ActivationKind, (z: number[]) => number[]> = {
  identity: (z) => z,
  sigmoid: (z) => z.map((x) => 1 / (1 + Math.exp(-x))),
  tanh: (z) => z.map(Math.tanh),
  relu: (z) => z.map((x) => Math.max(0, x)),
  'leaky-relu': (z) => z.map((x) => (x > 0 ? x : 0.01 * x)),
  elu: (z) => z.map((x) => (x > 0 ? x : Math.expm1(x))),
  gelu: (z) => z.map((x) => x * normalProbability(x)),
  softmax: (z) => {
    const powers = z.map((x) => Math.exp(x - Math.max(...z)));
    return powers.map((x) => x / powers.reduce((a, b) => a + b));
  },
};

/** The network in float64 straight from the equations, on one scaled example. */
function forward({ experiment, state }: ModelSnapshot, x: readonly number[]): number[] {
  const values = (name: string): number[] => [...state.parameters.find((tensor) => tensor.name === name)!.values];
  return experiment.network.layers.reduce<number[]>(
    (a, layer, index) => {
      const W = values(`W${index + 1}`);
      const z = values(`b${index + 1}`).map((b, unit) =>
        a.reduce((sum, value, input) => sum + W[unit * a.length + input]! * value, b),
      );
      return apply[activationOf(layer) ?? 'identity'](z);
    },
    [...x],
  );
}

const close = (found: ArrayLike<number>, expected: readonly number[], bound = 1e-5): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value) / Math.max(1, Math.abs(value)), `output ${i}`).toBeLessThan(bound);
  });
};

const floats = (rows: readonly (readonly number[])[], shape?: readonly number[]): ort.Tensor =>
  new ort.Tensor('float32', Float32Array.from(rows.flat()), [rows.length, ...(shape ?? [rows[0]?.length ?? 0])]);
const column = (values: readonly string[]): ort.Tensor => new ort.Tensor('string', [...values], [values.length, 1]);

/** Rows as the two features of the default model have them. */
function rawRows(count: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () =>
    [35 + 20 * random.uniform(), 2700 + 3600 * random.uniform()].map(Math.fround),
  );
}
const scaled = ([bill, mass]: readonly number[]): number[] => [(bill! - 43.9) * 0.18, (mass! - 4201) * 0.00125];

const NORM = { kind: 'batch-norm', decay: 0.9, epsilon: 0.02 } as const;
const DROPOUT = { kind: 'dropout', rate: 0.5 } as const;

const regression: ModelOptions = { task: 'regression', outputs: 1, loss: 'squared', mean: 4200, deviation: 800 };

describe('the ONNX export', () => {
  test.each(Object.keys(apply) as ActivationKind[])(
    'with %s units gives the answers of the equations within 1e-5',
    async (activation) => {
      for (let seed = 1; seed <= 5; seed += 1) {
        const model = makeModel({ activations: [activation, activation, 'softmax'], seed });
        const rows = rawRows(7, seed);
        const { probabilities, label } = await run(model, { features: floats(rows) });
        const expected = rows.map((row) => forward(model, scaled(row)));
        expect(probabilities?.dims).toEqual([7, 3]);
        close(probabilities?.data as Float32Array, expected.flat());
        const names = expected.map((row) => model.preprocessing.target.classes[row.indexOf(Math.max(...row))]);
        expect(label?.data).toEqual(names);
      }
    },
  );

  test('of a regression answers in the target’s own units', async () => {
    const model = makeModel({ ...regression, activations: ['relu', 'identity'] });
    const rows = rawRows(20, 3);
    const { value } = await run(model, { features: floats(rows) });
    close(
      value?.data as Float32Array,
      rows.map((row) => forward(model, scaled(row))[0]! * 800 + 4200),
    );
  });

  test('with one sigmoid output gives the probability of the second class, and its name from 0.5 on', async () => {
    const model = makeModel({
      task: 'binary',
      activations: ['tanh', 'sigmoid'],
      outputs: 1,
      loss: 'logistic',
      classes: ['no', 'yes'],
    });
    const rows = rawRows(50, 4);
    const { probabilities, label } = await run(model, { features: floats(rows) });
    const expected = rows.map((row) => forward(model, scaled(row))[0]!);
    close(probabilities?.data as Float32Array, expected);
    expect(label?.data).toEqual(expected.map((p) => (p >= 0.5 ? 'yes' : 'no')));
    expect(new Set(label?.data as unknown as string[]).size).toBe(2);
  });

  test('keeps the digits of a year less its mean', async () => {
    const model = makeModel({
      ...regression,
      mean: 0,
      deviation: 1,
      features: [numberFeature('year', 2008.0291, 1.224)],
      activations: ['identity'],
    });
    const years = [2007, 2008, 2009];
    const { value } = await run(model, { features: floats(years.map((year) => [year])) });
    close(
      value?.data as Float32Array,
      years.map((year) => forward(model, [(year - 2008.0291) * 1.224])[0]!),
      1e-6,
    );
  });

  test('fills holes like the app', async () => {
    const model = makeModel({});
    const { probabilities } = await run(model, { features: floats([[NaN, 4000]]) });
    close(probabilities?.data as Float32Array, forward(model, scaled([43.9, 4000])));
  });

  test('takes raw text for categories; an unknown one sets no input', async () => {
    const categories = ['Biscoe', 'Dream', 'Törg"ersen\n', '', '__proto__'];
    const model = makeModel({
      features: [
        { column: 'island', type: 'category', categories, other: false, fill: null },
        numberFeature('mass', 4201, 0.00125, 4200),
      ],
    });
    const islands = [...categories, 'Nowhere'];
    const masses = islands.map((_, i) => 3000 + 500 * i);
    const { probabilities } = await run(model, { island: column(islands), mass: floats(masses.map((mass) => [mass])) });
    const expected = islands.map((island, i) =>
      forward(model, [...categories.map((known) => Number(known === island)), (masses[i]! - 4201) * 0.00125]),
    );
    close(probabilities?.data as Float32Array, expected.flat());
  });

  test.each([
    ['flat', [12], [12], [10], [0.004]],
    ['flat with two channels', [12], [12], [10, 90], [0.004, 0.01]],
    ['with channels', [2, 2, 3], [2, 2, 3], [10, 90], [0.004, 0.01]],
  ])('takes raw pixels, %s', async (_what, shape, dims, offset, scale) => {
    const model = makeModel({ images: { shape, offset, scale } });
    const rows = [0, 1].map((row) => Array.from({ length: 12 }, (_, i) => (row * 100 + i * 21) % 256));
    const { probabilities } = await run(model, { image: floats(rows, dims) });
    const channel = (i: number): number => Math.floor(i / (12 / offset.length));
    const expected = rows.map((row) =>
      forward(
        model,
        row.map((byte, i) => (byte - offset[channel(i)]!) * scale[channel(i)]!),
      ),
    );
    close(probabilities?.data as Float32Array, expected.flat());
  });

  test.each<[string, LayerSpec[], readonly number[]]>([
    ['columns', [NORM, DROPOUT], [12]],
    ['channels', [NORM, DROPOUT, NORM], [3, 2, 2]],
  ])('normalises %s by the running statistics and drops nothing, like the engine', async (_what, front, shape) => {
    const channels = shape.length === 1 ? [0] : [0, 1, 2];
    const model = makeModel({
      front,
      images: { shape, offset: channels.map(() => 0), scale: channels.map(() => 1 / 255) },
    });
    const rows = [0, 1, 2].map((row) => Array.from({ length: 12 }, (_, i) => (row * 100 + i * 21) % 256));
    const { probabilities } = await run(model, { image: floats(rows, shape) });
    const { network, training } = model.experiment;
    const engine = compileReference({ network, training, inputShape: shape }, 'float64');
    engine.setParameters(model.state.parameters);
    const x = Float64Array.from(rows.flat(), (byte) => byte / 255);
    close(probabilities?.data as Float32Array, [...engine.predict(x, 3)]);
  });

  test.each<[string, readonly object[], number]>([
    ['a convolution', [{ kind: 'conv2d', filters: 3, kernel: [3, 2], activation: 'tanh' }], 1],
    [
      'same padding, odd below and right',
      [{ kind: 'conv2d', filters: 2, kernel: 4, stride: [2, 1], padding: 'same' }],
      2,
    ],
    ['a number as padding', [{ kind: 'conv2d', filters: 2, kernel: [2, 5], stride: 3, padding: 2 }], 1],
    ['a stride that leaves pixels over', [{ kind: 'conv2d', filters: 2, kernel: 2, stride: 3, padding: 1 }], 1],
    ['softmax over all of an image', [{ kind: 'conv2d', filters: 2, kernel: 2, activation: 'softmax' }], 1],
    ['max pooling', [{ kind: 'max-pool2d', size: [2, 3], stride: 1 }], 2],
    ['average pooling', [{ kind: 'avg-pool2d', size: 3, stride: 2 }], 2],
    [
      'all of them',
      [
        { kind: 'conv2d', filters: 4, padding: 'same' },
        { kind: 'max-pool2d' },
        { kind: 'conv2d', filters: 3, kernel: 2 },
        { kind: 'avg-pool2d', size: 2, stride: 1 },
        { kind: 'flatten' },
      ],
      2,
    ],
  ])('of %s gives the answers of the reference within 1e-5', async (_what, front, channels) => {
    const shape = [channels, 7, 8];
    const pixels = { offset: [120, 100].slice(0, channels), scale: [1 / 64, 1 / 90].slice(0, channels) };
    const model = makeModel({ images: { shape, ...pixels }, front });
    const rows = 5;
    const bytes = Uint8Array.from({ length: rows * sizeOf(shape) }, (_, i) => (i * 97 + (i % 13) * 31) % 256);
    const x = Float64Array.from(bytes, (byte, i) => {
      const channel = Math.floor(i / 56) % channels;
      return (byte - pixels.offset[channel]!) * pixels.scale[channel]!;
    });
    const { network, training } = model.experiment;
    const reference = compileReference({ network, training, inputShape: shape }, 'float64');
    reference.setParameters(model.state.parameters);
    const { probabilities } = await run(model, {
      image: new ort.Tensor('float32', Float32Array.from(bytes), [rows, ...shape]),
    });
    close(probabilities?.data as Float32Array, [...reference.predict(x, rows)]);
  });

  test('of a network that ends in a convolution has its answers in a row', async () => {
    const model = makeModel({
      images: { shape: [1, 3, 3], offset: [0], scale: [0.01] },
      front: [{ kind: 'conv2d', filters: 3, kernel: 3, activation: 'softmax' }],
      activations: [],
    });
    const bytes = Array.from({ length: 9 }, (_, i) => i * 20);
    const { probabilities, label } = await run(model, { image: floats([bytes], [1, 3, 3]) });
    const { network, training } = model.experiment;
    const reference = compileReference({ network, training, inputShape: [1, 3, 3] }, 'float64');
    reference.setParameters(model.state.parameters);
    expect(probabilities?.dims).toEqual([1, 3]);
    expect(label?.dims).toEqual([1]);
    close(probabilities?.data as Float32Array, [
      ...reference.predict(
        Float64Array.from(bytes, (b) => b * 0.01),
        1,
      ),
    ]);
  });

  test('carries hostile names as data', async () => {
    const names = [
      '"""; import os',
      '../../x',
      "a'b",
      'new\nline',
      '__proto__',
      'probabilities',
      'probabilities',
      '',
      '\ud800',
    ];
    const model = makeModel({
      name: '"]}\u0000<script>',
      features: [
        ...names.map((name) => numberFeature(name)),
        { column: 'label', type: 'category', categories: ['a', 'b'], other: false, fill: null },
      ],
      classes: ['=cmd()', '', '__proto__'],
    });
    const session = await ort.InferenceSession.create(await exported(model));
    expect(session.inputNames.length).toBe(10);
    expect(new Set([...session.inputNames, ...session.outputNames]).size).toBe(12);
    for (const name of session.inputNames) expect(name).toMatch(/^[\p{L}\p{N} _.()-]+$/u);
    const feeds = session.inputNames.map((name, i) => [name, i < 9 ? floats([[i]]) : column(['b'])] as const);
    const { probabilities } = await session.run(Object.fromEntries(feeds));
    close(probabilities?.data as Float32Array, forward(model, [0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1]));
  });

  test('lets weights that are no numbers out only after a warning that names the array', async () => {
    const model = makeModel({});
    model.state.parameters[2]!.values[0] = NaN;
    const outcome = await encodeModel(requestOf('onnx'), model, null, null);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'export/not-finite' }] });
    expect(JSON.stringify(outcome)).toContain('W2');
    const accepted = await encodeModel(requestOf('onnx', { acceptNonFinite: true }), model, null, null);
    expect(accepted).toMatchObject({ ok: true, value: { warnings: [{ code: 'export/not-finite' }] } });
  });

  test('refuses a model whose parts do not belong together', async () => {
    const model = makeModel({});
    const preprocessing = { ...model.preprocessing, features: model.preprocessing.features.slice(1) };
    expect((await encodeModel(requestOf('onnx'), { ...model, preprocessing }, null, null)).ok).toBe(false);
  });

  test('gives equal bytes for equal models', async () => {
    expect(Buffer.compare(await exported(makeModel({})), await exported(makeModel({})))).toBe(0);
  });
});

const python = findPython('onnx');

describe.skipIf(python === null)('onnx.checker', () => {
  const script = `
import json, sys, onnx
for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    print(json.dumps({p.key: p.value for p in model.metadata_props}))
`;

  test('accepts every kind of export, and reads the names back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'layerlab-onnx-'));
    const category = {
      column: 'is"land\n',
      type: 'category' as const,
      categories: ['a', 'b'],
      other: false,
      fill: null,
    };
    const everyType: readonly FeatureTransform[] = [
      { ...category, column: 'ship', other: true, fill: 'a' },
      { column: 'rainy', type: 'boolean', no: 'no', yes: 'yes', fill: 0.5 },
      {
        ...{ column: 'seen', type: 'date', dates: { order: 'day-first', numbers: 'seconds' } },
        ...{ offset: 19_000, scale: 0.01, fill: 19_001, cycles: ['day', 'week', 'year'] },
      },
    ];
    const models = [
      makeModel({ classes: ['é"', 'b\n', '__proto__'] }),
      makeModel({ ...regression, activations: ['sigmoid', 'relu', 'identity'] }),
      makeModel({
        task: 'binary',
        activations: ['tanh', 'sigmoid'],
        outputs: 1,
        loss: 'logistic',
        classes: ['no', 'yes'],
      }),
      makeModel({ features: [category, numberFeature('mass')] }),
      makeModel({ features: everyType }),
      makeModel({ images: { shape: [1, 4, 4], offset: [3], scale: [1] } }),
      makeModel({ images: { shape: [16], offset: [3], scale: [1] } }),
      makeModel({ front: [NORM, DROPOUT], images: { shape: [2, 2, 2], offset: [3, 4], scale: [1, 1] } }),
      makeModel({ activations: ['leaky-relu', 'elu', 'gelu', 'softmax'] }),
      makeModel({
        images: { shape: [2, 9, 8], offset: [3, 4], scale: [1, 2] },
        front: [
          { kind: 'conv2d', filters: 4, kernel: 3, stride: [2, 1], padding: 'same', activation: 'softmax' },
          { kind: 'max-pool2d', stride: 1 },
          { kind: 'conv2d', kernel: 2, padding: 2 },
          { kind: 'avg-pool2d', size: [2, 3] },
          { kind: 'flatten' },
        ],
      }),
    ];
    try {
      const paths = models.map((_, i) => join(folder, `${i}.onnx`));
      for (const [i, model] of models.entries()) writeFileSync(paths[i]!, await exported(model));
      const lines = execFileSync(python ?? '', ['-c', script, ...paths], { encoding: 'utf8' })
        .trim()
        .split('\n');
      expect(lines.length).toBe(models.length);
      const first = JSON.parse(lines[0]!) as Record<string, string>;
      expect(JSON.parse(first['class_names']!)).toEqual(['é"', 'b\n', '__proto__']);
      expect(first['task']).toBe('multi-class');
      const fourth = JSON.parse(lines[3]!) as Record<string, string>;
      expect(JSON.parse(fourth['inputs']!)).toEqual([
        { name: 'is_land_', type: 'category', columns: ['is"land\n'] },
        { name: 'mass', type: 'number', columns: ['mass'] },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
