import { expect, it } from 'vitest';
import type { DataSpec, EpochRecord, Experiment, Outcome, Progress, TrainerApi } from '../api';
import { npyBytes } from '../data/testing/npy';
import { createWasmEngine } from '../engines';
import { defaultDataSpec } from '../experiment/defaults';
import { createRandom } from '../random';
import { loadBuiltKernels } from '../testing/load-kernels';
import { createTrainer } from '../trainer';
import { createSweepRunner } from './sweep-runner';

const EPOCHS = 4;

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const engine = () => createWasmEngine(loadBuiltKernels, 1);

async function loaded(spec: DataSpec, files: readonly File[] = []): Promise<TrainerApi> {
  const trainer = createTrainer(engine());
  unwrap(await trainer.loadData(spec, files, []));
  return trainer;
}

const short = (document: Experiment, change: Partial<Experiment['training']> = {}): Experiment => ({
  ...document,
  training: { ...document.training, epochs: EPOCHS, ...change },
});

/** What a run has to show for itself, to the last bit. */
interface Shown {
  readonly records: readonly EpochRecord[];
  readonly evaluations: unknown;
  readonly best: Progress['best'];
}

async function alone(trainer: TrainerApi, document: Experiment): Promise<Shown> {
  unwrap(await trainer.build(document));
  const { records, best } = unwrap(trainer.advance({ steps: 1e6 }));
  return { records, best, evaluations: unwrap(trainer.evaluate()) };
}

async function inSweep(trainer: TrainerApi, ...documents: readonly Experiment[]): Promise<Shown[]> {
  const runner = createSweepRunner(engine());
  runner.takeData(structuredClone(unwrap(await trainer.sweepData(documents[0]!.data))));
  const shown: Shown[] = [];
  for (const document of documents) {
    unwrap(await runner.begin(structuredClone(document)));
    const records: EpochRecord[] = [];
    for (;;) {
      const { progress, evaluations } = unwrap(runner.advance(1));
      records.push(...progress.records);
      if (progress.status !== 'finished') continue;
      shown.push({ records, best: progress.best, evaluations });
      break;
    }
  }
  return shown;
}

const augmentation = { shift: 1, flip: 'none', rotate: 10, noise: 0.1, seed: 3 } as const;
const holes = new File(
  [
    'size,colour,kind\n',
    ...Array.from({ length: 40 }, (_, n) =>
      [`${n % 7},red,a\n`, `${n % 5},green,b\n`, n % 2 === 0 ? `,blue,c\n` : `${9 - (n % 3)},,c\n`].join(''),
    ),
  ],
  'holes.csv',
);

it.each<[name: string, spec: DataSpec, files: readonly File[], change: Partial<Experiment['training']>]>([
  ['points', defaultDataSpec({ sample: 'flower', examples: 200, noise: 0.1, seed: 1 }), [], {}],
  ['a regression', defaultDataSpec({ sample: 'house-prices', examples: 120, noise: 0.1, seed: 1 }), [], {}],
  ['a table with holes, its classes balanced', fileSpec(), [holes], { classWeights: 'balanced' }],
  [
    'varied images',
    { ...defaultDataSpec({ sample: 'digits', examples: 120, noise: 0.05, seed: 1 }), augmentation },
    [],
    { batchSize: 16 },
  ],
  [
    'varied images of numbers that are no bytes',
    { ...defaultDataSpec({ files: ['x.npy', 'y.npy'], testFiles: [] }), augmentation },
    floatImages(60),
    { batchSize: 16 },
  ],
])('trains %s to the same bits as the run alone, one point after the other', async (_, spec, files, change) => {
  const trainer = await loaded(spec, files);
  const document = short(unwrap(trainer.suggestExperiment('sweep')), change);
  const slower = short(document, { ...change, optimizer: { ...document.training.optimizer, learningRate: 0.003 } });
  const [first, second] = await inSweep(trainer, document, slower);
  expect(first!.records).toHaveLength(EPOCHS + 1);
  expect(first).toEqual(await alone(trainer, document));
  expect(second).toEqual(await alone(trainer, slower));
  expect(second).not.toEqual(first);
});

it('gives two classes one output or two, as the network has', async () => {
  const trainer = await loaded(defaultDataSpec({ sample: 'moons', examples: 100, noise: 0.1, seed: 1 }));
  const document = short(unwrap(trainer.suggestExperiment('sweep')));
  const layers = document.network.layers.with(-1, {
    ...document.network.layers.at(-1)!,
    ...{ units: 2, activation: 'softmax' },
  } as Experiment['network']['layers'][number]);
  const two = { ...document, network: { ...document.network, layers, loss: 'cross-entropy' as const } };
  const [one, other] = await inSweep(trainer, document, two);
  expect(one).toEqual(await alone(trainer, document));
  expect(other).toEqual(await alone(trainer, two));
});

it('leaves the run of the session as it is', async () => {
  const trainer = await loaded(defaultDataSpec({ sample: 'flower', examples: 100, noise: 0.1, seed: 1 }));
  const document = short(unwrap(trainer.suggestExperiment('sweep')), { epochs: 50 });
  unwrap(await trainer.build(document));
  unwrap(trainer.advance({ steps: 7 }));
  const before = unwrap(trainer.moment());
  await inSweep(trainer, short(document));
  expect(unwrap(trainer.moment())).toEqual(before);
});

it('says of each point what stands in its way and what memory it takes', async () => {
  const trainer = await loaded(defaultDataSpec({ sample: 'flower', examples: 100, noise: 0.1, seed: 1 }));
  const document = short(unwrap(trainer.suggestExperiment('sweep')));
  const [fits, tooLarge] = unwrap(trainer.inspectPoints([document, short(document, { batchSize: 512 })]));
  expect(fits).toMatchObject({ problems: [] });
  expect(fits!.bytes).toBeGreaterThan(fits!.examples);
  expect(tooLarge!.problems.map(({ code }) => code)).toEqual(['training/batch-too-large']);
  expect(tooLarge!.bytes).toBe(0);
});

it('hands out no data but those that the document names', async () => {
  const trainer = await loaded(defaultDataSpec({ sample: 'flower', examples: 100, noise: 0.1, seed: 1 }));
  const other = await trainer.sweepData(defaultDataSpec({ sample: 'xor', examples: 100, noise: 0.1, seed: 1 }));
  expect(other).toMatchObject({ ok: false, problems: [{ code: 'trainer/other-data' }] });
});

it('says at which step a point diverged, and trains the next', async () => {
  const trainer = await loaded(defaultDataSpec({ sample: 'line', examples: 60, noise: 0.1, seed: 1 }));
  const document = short(unwrap(trainer.suggestExperiment('sweep')), { batchSize: 8, epochs: 200 });
  const wild = short(document, { ...document.training, optimizer: { kind: 'sgd', learningRate: 1000 }, epochs: 200 });
  const runner = createSweepRunner(engine());
  runner.takeData(unwrap(await trainer.sweepData(document.data)));
  unwrap(await runner.begin(wild));
  const { progress, evaluations } = unwrap(runner.advance(10_000));
  expect(progress).toMatchObject({ status: 'diverged', problem: { code: 'training/diverged' } });
  expect(evaluations).toBeNull();
  unwrap(await runner.begin(document));
  expect(unwrap(runner.advance(1)).progress.problem).toBeNull();
});

/** Images of 6 × 6 numbers from 0 to 1, of three classes. */
function floatImages(count: number): readonly File[] {
  const random = createRandom(1, 'images');
  const pixels = Float32Array.from({ length: count * 36 }, () => random.uniform());
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 3);
  return [
    new File([npyBytes("'<f4'", [count, 6, 6], new Uint8Array(pixels.buffer))], 'x.npy'),
    new File([npyBytes("'|u1'", [count], labels)], 'y.npy'),
  ];
}

function fileSpec(): DataSpec {
  return defaultDataSpec({ files: ['holes.csv'], testFiles: [] });
}
