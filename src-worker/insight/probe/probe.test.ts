import { expect, test } from 'vitest';
import type { Outcome, TrainerApi } from '../../api';
import { createReferenceEngine, createWasmEngine } from '../../engines';
import { pngBytes } from '../../data/testing/png';
import { defaultDataSpec } from '../../experiment/defaults';
import { loadBuiltKernels } from '../../testing/load-kernels';
import { createTrainer } from '../../trainer';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const plants = new File(
  [
    'height,soil,wild,found,kind\n',
    ...Array.from({ length: 40 }, (_, n) => {
      const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
      return `${n === 3 ? '' : 10 + n},${['sand', 'clay'][n % 2]},${n % 4 === 0 ? 'no' : 'yes'},${day},${n < 20 ? 'fern' : 'moss'}\n`;
    }),
  ],
  'plants.csv',
);

async function started(trainer: TrainerApi, load: Promise<Outcome<unknown>>): Promise<TrainerApi> {
  unwrap(await load);
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('test'))));
  unwrap(trainer.advance({ steps: 20 }));
  return trainer;
}

function ofPlants(): Promise<TrainerApi> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  return started(trainer, trainer.loadData(defaultDataSpec({ files: ['plants.csv'], testFiles: [] }), [plants], []));
}

function ofDigits(): Promise<TrainerApi> {
  const trainer = createTrainer(createWasmEngine(loadBuiltKernels, 1));
  return started(
    trainer,
    trainer.loadData(defaultDataSpec({ sample: 'digits', examples: 100, noise: 0.1, seed: 1 }), [], []),
  );
}

test('the fields say what a row consists of and what is usual', async () => {
  const trainer = await ofPlants();
  const { fields, image } = unwrap(trainer.inputForm());
  expect(image).toBeNull();
  expect(fields.map(({ column, type }) => `${column} ${type}`)).toEqual([
    'height number',
    'soil category',
    'wild boolean',
    'found date',
  ]);
  expect(fields[1]).toMatchObject({ names: ['clay', 'sand'], min: 0, max: 1 });
  expect(fields[2]).toMatchObject({ names: ['no', 'yes'], typical: 1 });
  const [height] = fields;
  expect(height!.min).toBeGreaterThanOrEqual(10);
  expect(height!.max).toBeLessThanOrEqual(49);
});

test('every example comes as it was read, with its target, and is answered as predict answers it', async () => {
  const trainer = await ofPlants();
  const { fields } = unwrap(trainer.inputForm());
  let holes = 0;
  for (const part of ['train', 'dev', 'test'] as const) {
    const { count } = unwrap(trainer.example(part, 0));
    for (let index = 0; index < count; index++) {
      const { input, target, values } = unwrap(trainer.example(part, index));
      if (!('row' in input)) throw new Error('not a row');
      const height = input.row['height'];
      holes += Number(height === null);
      expect(values[0]).toBe(height);
      expect(fields[1]!.names[values[1]!]).toBe(input.row['soil']);
      expect(target).toBe(values[3]! < Date.UTC(2024, 0, 21) / 86_400_000 ? 'fern' : 'moss');
      const { prediction, layers } = unwrap(trainer.probe(input));
      expect(prediction).toEqual(unwrap(trainer.predict([input.row]))[0]);
      expect(Array.from(layers.at(-1)!.a)).toEqual(prediction.outputs);
    }
  }
  expect(holes).toBe(1);
});

test('an image is taken as it was read, and its way is that of a traced step', async () => {
  const trainer = await ofDigits();
  const { image, fields } = unwrap(trainer.inputForm());
  expect(fields).toEqual([]);
  expect(image).toMatchObject({ dark: true, whole: true });
  const { input } = unwrap(trainer.example('train', 5));
  const { x, layers } = unwrap(trainer.probe(input));
  const { tensors } = unwrap(trainer.traceStep({ part: 'train', examples: { indices: [5] } }));
  const traced = (name: string) => tensors.find((tensor) => tensor.name === name)!.values;
  const gap = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]!)));
  expect(x).toHaveLength(traced('x').length);
  expect(gap(x, traced('x'))).toBeLessThan(1e-5);
  for (const { number, a } of layers) expect(gap(a, traced(`a${number}`)), `a${number}`).toBeLessThan(1e-4);
});

test('an image file is brought to the size of the training images', async () => {
  const trainer = await ofDigits();
  const { shape } = unwrap(trainer.inputForm()).image!;
  const [, height = 0, width = 0] = shape;
  const bright = new File([pngBytes(3 * width, 2 * height, 1, new Uint8Array(6 * width * height).fill(200))], 'a.png');
  const pixels = unwrap(await trainer.imageInput(bright));
  expect(Array.from(new Set(pixels))).toEqual([200]);
  expect(pixels).toHaveLength(width * height);
  expect(unwrap(trainer.probe({ pixels })).prediction.outputs).toHaveLength(10);
});

test('of a large layer whole channels come along, and no more than a screen holds', async () => {
  const trainer = createTrainer(createReferenceEngine('float32'));
  unwrap(await trainer.loadData(defaultDataSpec({ sample: 'soccer-ball', examples: 20, noise: 0.1, seed: 1 }), [], []));
  const suggested = unwrap(trainer.suggestExperiment('ball'));
  const conv = { kind: 'conv2d', filters: 120, kernel: 1, stride: 1, padding: 'same', activation: 'relu' } as const;
  const initializer = { kind: 'he-normal' } as const;
  const layers = [
    { ...conv, initializer },
    { kind: 'max-pool2d', size: 6, stride: 6 } as const,
    { kind: 'flatten' } as const,
    ...suggested.network.layers.filter(({ kind }) => kind === 'dense'),
  ];
  unwrap(await trainer.build({ ...suggested, network: { ...suggested.network, layers } }));
  const { input } = unwrap(trainer.example('train', 0));
  const [first] = unwrap(trainer.probe(input)).layers;
  const [filters, height = 0, width = 0] = first!.shape;
  expect(filters).toBe(120);
  expect(first!.a.length).toBeLessThanOrEqual(65_536);
  expect(first!.a.length % (height * width)).toBe(0);
});

test('what does not fit is said', async () => {
  const trainer = await ofPlants();
  const codes = [
    trainer.example('train', 10_000),
    trainer.example('train', -1),
    trainer.probe({ pixels: new Float32Array(4) }),
    trainer.probe({ row: { height: 1 } }),
    trainer.probe({ row: { height: 'tall', soil: 'clay', wild: 'no', found: '2024-01-01' } }),
    await trainer.imageInput(new File(['x'], 'a.png')),
  ].map((outcome) => (outcome.ok ? 'none' : outcome.problems[0]!.code));
  expect(codes).toEqual([
    ...['probe/no-example', 'probe/no-example', 'probe/other-image', 'predict/missing-column', 'predict/not-a-number'],
    'images/channels',
  ]);
});
