import type { Remote } from 'comlink';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  DataSpec,
  DataSummary,
  Experiment,
  LoadProgress,
  ModelSnapshot,
  Outcome,
  Problem,
  Progress,
  TrainerApi,
} from './api';
import { createReferenceEngine, createWasmEngine, type Engine } from './engines';
import { defaultDataSpec } from './experiment/defaults';
import { createTrainer } from './trainer';
import { loadBuiltKernels } from './testing/load-kernels';

const engines: readonly { readonly name: string; readonly create: () => Engine }[] = [
  { name: 'reference', create: () => createReferenceEngine('float64') },
  { name: 'wasm', create: () => createWasmEngine(loadBuiltKernels, 1) },
];

const flower = defaultDataSpec({ sample: 'flower', examples: 120, noise: 0.1, seed: 1 });
const line = defaultDataSpec({ sample: 'line', examples: 60, noise: 0.1, seed: 1 });
const files = (...names: string[]): DataSpec => defaultDataSpec({ files: names, testFiles: [] });

const fruit = new File(
  [
    'weight,colour,fruit\n',
    ...Array.from({ length: 30 }, (_, n) =>
      [`${100 + n},red,apple\n`, `${150 + n},green,pear\n`, `${20 + n},red,cherry\n`].join(''),
    ),
  ],
  'fruit.csv',
);

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

function problemsOf(outcome: Outcome<unknown>): readonly Problem[] {
  return outcome.ok ? [] : outcome.problems;
}

const codesOf = (outcome: Outcome<unknown>): readonly string[] => problemsOf(outcome).map(({ code }) => code);

/** A trainer with data loaded and the suggested network built. */
async function started(engine: Engine, spec: DataSpec, given: readonly File[] = []) {
  const trainer = createTrainer(engine);
  const summary = unwrap(await trainer.loadData(spec, given, []));
  const experiment = unwrap(trainer.suggestExperiment('test'));
  unwrap(await trainer.build(experiment));
  return { trainer, summary, experiment };
}

describe.each(engines)('a session on the $name engine', ({ create }) => {
  it('goes from data to a trained network that answers raw rows', async () => {
    const { trainer, summary, experiment } = await started(create(), files('fruit.csv'), [fruit]);
    expect(summary).toMatchObject({ target: 'fruit', task: 'multi-class', classes: ['apple', 'cherry', 'pear'] });
    expect(trainer.inspect(experiment)).toMatchObject({ ready: true, problems: [], outputs: 3 });
    const { epochs } = experiment.training;
    const progress = unwrap(trainer.advance({ steps: 1e6 }));
    expect(progress).toMatchObject({ status: 'finished', epoch: epochs });
    expect(progress.records).toHaveLength(epochs + 1);
    const { train, dev, test } = unwrap(trainer.evaluate());
    for (const part of [train, dev, test]) expect(part?.accuracy).toBeGreaterThan(0.9);
    const [first, second] = unwrap(
      trainer.predict([
        { weight: '110', colour: 'red' },
        { weight: 165, colour: 'green' },
      ]),
    );
    expect([first?.answer, second?.answer]).toEqual(['apple', 'pear']);
    expect(first?.outputs.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
  });

  it('has the same bits after a snapshot as without the break', async () => {
    const engine = create();
    const { trainer, experiment } = await started(engine, flower);
    unwrap(trainer.advance({ steps: 37 }));
    const saved = structuredClone(unwrap(trainer.snapshot()));
    unwrap(trainer.advance({ steps: 50 }));
    const unbroken = unwrap(trainer.snapshot());

    const other = createTrainer(engine);
    unwrap(await other.loadData(saved.experiment.data, [], []));
    unwrap(await other.build(saved.experiment, saved.state));
    unwrap(other.advance({ steps: 50 }));
    expect(unwrap(other.snapshot())).toEqual(unbroken);
    expect(unbroken.experiment).toEqual(experiment);
  });

  it('has the same bits whatever the pauses', async () => {
    const engine = create();
    const snapshots: ModelSnapshot[] = [];
    for (const budget of [{ steps: 1 }, { steps: 60 }, { ms: 0.2 }]) {
      const { trainer, experiment } = await started(engine, line);
      unwrap(await trainer.build({ ...experiment, training: { ...experiment.training, epochs: 10 } }));
      let progress: Progress;
      do progress = unwrap(trainer.advance(budget));
      while (progress.status === 'training');
      expect(progress.status).toBe('finished');
      snapshots.push(unwrap(trainer.snapshot()));
    }
    expect(snapshots[1]).toEqual(snapshots[0]);
    expect(snapshots[2]).toEqual(snapshots[0]);
  });

  it('draws a boundary of two features row by row from the lowest y', async () => {
    const { trainer } = await started(create(), flower);
    const request = { x: { min: -4, max: 4, steps: 5 }, y: { min: -2, max: 2, steps: 3 } };
    const { columns, rows, outputs, values } = unwrap(trainer.boundary(request));
    expect([columns, rows, outputs, values.length]).toEqual([5, 3, 1, 15]);
    const [corner, next] = unwrap(
      trainer.predict([
        { x1: -4, x2: -2 },
        { x1: 4, x2: 0 },
      ]),
    );
    expect(values[0]).toBeCloseTo(corner!.outputs[0]!, 5);
    expect(values[9]).toBeCloseTo(next!.outputs[0]!, 5);
  });

  it('draws the line of one feature in the target’s own units', async () => {
    const { trainer } = await started(create(), line);
    const request = { x: { min: 0, max: 1, steps: 4 }, y: { min: 0, max: 0, steps: 1 } };
    const { values, rows } = unwrap(trainer.boundary(request));
    const column = unwrap(trainer.snapshot()).preprocessing.features[0]!.column;
    expect(rows).toBe(1);
    expect(values[3]).toBeCloseTo(Number(unwrap(trainer.predict([{ [column]: 1 }]))[0]?.answer), 4);
  });
});

describe('a load', () => {
  const large = new File(['a,b,y\n', '0.5,1.25,3\n'.repeat(400_000)], 'large.csv');

  it('tells how far it is, and comes to all bytes and rows', async () => {
    const told: LoadProgress[] = [];
    const trainer = createTrainer(createReferenceEngine('float64'));
    const outcome = await trainer.loadData(files('large.csv'), [large], [], (progress) => told.push(progress));
    expect(codesOf(outcome)).toEqual(['data/no-target']);
    expect(told.at(-1)).toMatchObject({ phase: 'preparing', bytes: large.size, totalBytes: large.size, rows: 400_001 });
    const reading = told.filter(({ phase }) => phase === 'reading');
    expect(reading.length).toBeGreaterThan(0);
    expect(reading.every(({ file }) => file === 'large.csv')).toBe(true);
    const bytes = told.map((progress) => progress.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  it('that is cancelled says so and leaves data and run as they were', async () => {
    const { trainer, summary } = await started(createReferenceEngine('float64'), line);
    const loading = trainer.loadData(files('large.csv'), [large], [], () => trainer.cancelLoad());
    expect(codesOf(await loading)).toEqual(['data/cancelled']);
    expect(unwrap(trainer.prepareData(line))).toEqual(summary);
    expect(unwrap(trainer.advance({ steps: 1 })).step).toBe(1);
    expect(unwrap(await trainer.loadData(files('fruit.csv'), [fruit], [])).target).toBe('fruit');
  });

  it('ends where a newer one begins, which counts', async () => {
    const trainer = createTrainer(createReferenceEngine('float64'));
    const older = trainer.loadData(files('large.csv'), [large], []);
    const newer = trainer.loadData(files('fruit.csv'), [fruit], []);
    expect(codesOf(await older)).toEqual(['trainer/superseded']);
    expect(unwrap(await newer).target).toBe('fruit');
  });

  it('that is over is cancelled in vain', async () => {
    const { trainer, summary } = await started(createReferenceEngine('float64'), line);
    trainer.cancelLoad();
    expect(unwrap(trainer.prepareData(line))).toEqual(summary);
  });
});

describe('a call that fails', () => {
  const engine = createReferenceEngine('float64');

  it('before there is data or a run says what to do first', async () => {
    const trainer = createTrainer(engine);
    const calls: Outcome<unknown>[] = [
      trainer.prepareData(flower),
      trainer.suggestExperiment('x'),
      trainer.advance({ steps: 1 }),
      trainer.evaluate(),
      trainer.snapshot(),
      trainer.predict([]),
    ];
    expect(calls.flatMap(codesOf)).toEqual([
      'trainer/no-data',
      'trainer/no-data',
      'trainer/no-run',
      'trainer/no-run',
      'trainer/no-run',
      'trainer/no-run',
    ]);
    const { experiment } = await started(engine, flower);
    expect(codesOf(await trainer.build(experiment))).toEqual(['trainer/no-data']);
    expect(trainer.inspect(experiment).problems.map(({ code }) => code)).toEqual(['trainer/no-data']);
  });

  it('leaves data and run as they were', async () => {
    const { trainer, experiment } = await started(engine, flower);
    unwrap(trainer.advance({ steps: 5 }));
    const before = unwrap(trainer.snapshot());
    const hidden = experiment.network.layers[0]!;
    const failures = [
      await trainer.loadData(files('broken.csv'), [new File(['a,b\n"1,2\n'], 'broken.csv')], []),
      await trainer.loadData(files('empty.csv'), [new File([], 'empty.csv')], []),
      trainer.prepareData({ ...flower, columns: { x1: { role: 'ignore' }, x2: { role: 'ignore' } } }),
      trainer.prepareData({ ...flower, split: { ...flower.split, train: 2 } }),
      await trainer.build({ ...experiment, network: { ...experiment.network, layers: [] } }),
      await trainer.build({ ...experiment, network: { ...experiment.network, layers: [hidden] } }),
      await trainer.build({ ...experiment, training: { ...experiment.training, batchSize: 5000 } }),
      await trainer.build({ ...experiment, data: line }),
      await trainer.build(experiment, { ...before.state, parameters: [] }),
      await trainer.build(experiment, { ...before.state, step: 4 }),
      trainer.changeTraining({ ...experiment.training, optimizer: { kind: 'sgd', learningRate: -1 } }),
      trainer.changeTraining({ ...experiment.training, batchSize: 3 }),
      trainer.predict([{ x1: 1 }]),
      trainer.predict([{ x1: 1, x2: 'north' }]),
      trainer.boundary({ x: { min: 0, max: NaN, steps: 2 }, y: { min: 0, max: 1, steps: 2 } }),
      trainer.boundary({ x: { min: 0, max: 1, steps: 1e6 }, y: { min: 0, max: 1, steps: 1e6 } }),
    ];
    for (const failure of failures) {
      expect(problemsOf(failure)).not.toHaveLength(0);
      for (const { code, message, hint } of problemsOf(failure)) {
        expect(code).not.toBe('internal');
        expect(message).not.toMatch(/undefined|TypeError|\[object/);
        expect(hint).not.toBe('');
      }
    }
    expect(unwrap(trainer.snapshot())).toEqual(before);
    expect(unwrap(trainer.advance({ steps: 1 })).step).toBe(6);
  });

  it('counts only once: of two builds under way the last one asked for wins', async () => {
    const { trainer, experiment } = await started(engine, flower);
    const wide: Experiment = { ...experiment, network: { ...experiment.network, seed: 9 } };
    const [first, second] = await Promise.all([trainer.build(experiment), trainer.build(wide)]);
    expect(codesOf(first)).toEqual(['trainer/superseded']);
    expect(second.ok).toBe(true);
    expect(unwrap(trainer.snapshot()).experiment).toEqual(wide);
  });
});

describe('inspect', () => {
  it('takes any document and puts each problem on its card', async () => {
    const { trainer, experiment } = await started(createReferenceEngine('float64'), flower);
    const broken = {
      ...experiment,
      network: { ...experiment.network, layers: [{ kind: 'dense', units: -1 }, { kind: 'nonsense' }] },
      training: { ...experiment.training, epochs: 0 },
    } as unknown as Experiment;
    const { ready, layers, problems } = trainer.inspect(broken);
    expect(ready).toBe(false);
    expect(layers.map((layer) => layer.problems.map(({ path }) => path))).toEqual([
      ['network.layers[0].units'],
      ['network.layers[1].kind'],
    ]);
    expect(problems.map(({ path }) => path)).toEqual(['training.epochs']);
    for (const nonsense of [null, 3, {}, { network: 1 }, { network: { layers: [null] } }]) {
      expect(trainer.inspect(nonsense as unknown as Experiment).ready).toBe(false);
    }
  });

  it('keeps the shapes while only the training is wrong', async () => {
    const { trainer, experiment } = await started(createReferenceEngine('float64'), flower);
    const { layers, problems, ready } = trainer.inspect({
      ...experiment,
      training: { ...experiment.training, batchSize: 500 },
    });
    expect(layers.map(({ outputShape }) => outputShape)).toEqual([[6], [1]]);
    expect(problems.map(({ code }) => code)).toEqual(['training/batch-too-large']);
    expect(ready).toBe(false);
    const invalid = trainer.inspect({ ...experiment, training: { ...experiment.training, l2: -1 } });
    expect(invalid.layers.map(({ outputShape }) => outputShape)).toEqual([[6], [1]]);
    expect(invalid.problems.map(({ path }) => path)).toEqual(['training.l2']);
  });
});

it('lists every kind as plain data', () => {
  const catalog = createTrainer(createReferenceEngine('float64')).catalog();
  expect(structuredClone(catalog)).toEqual(catalog);
  for (const entries of Object.values(catalog)) expect(entries.length).toBeGreaterThan(0);
});

/** What the window has after awaiting a call. */
type Answer<K extends keyof TrainerApi> = Awaited<ReturnType<Remote<TrainerApi>[K]>>;

it('is seen through Comlink as promises of the same results', () => {
  expectTypeOf<Answer<'advance'>>().toEqualTypeOf<Outcome<Progress>>();
  expectTypeOf<Answer<'loadData'>>().toEqualTypeOf<Outcome<DataSummary>>();
  expectTypeOf<Answer<'snapshot'>>().toEqualTypeOf<Outcome<ModelSnapshot>>();
});
