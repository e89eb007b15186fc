import { describe, expect, it } from 'vitest';
import type { Carried, DataSpec, Experiment, LayerSpec, Moment, NamedTensor, Outcome, TrainerApi } from '../api';
import { createReferenceEngine, createWasmEngine } from '../engines';
import { defaultDataSpec } from '../experiment/defaults';
import { initialParameters } from '../network';
import { loadBuiltKernels } from '../testing/load-kernels';
import { createTrainer } from '../trainer';

const engines = [
  { name: 'reference', create: () => createReferenceEngine('float64') },
  { name: 'wasm', create: () => createWasmEngine(loadBuiltKernels, 1) },
];

const dense = (units: number, activation: 'tanh' | 'sigmoid' | 'relu' | 'softmax' = 'tanh'): LayerSpec => ({
  kind: 'dense',
  units,
  activation,
  initializer: { kind: 'xavier-normal' },
});

const table = new File(
  [
    'a,b,c,class\n',
    ...Array.from({ length: 90 }, (_, n) => `${n % 7},${n % 5},${(n * n) % 11},${['x', 'y', 'z'][n % 3]!}\n`),
  ],
  't.csv',
);

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const flower = defaultDataSpec({ sample: 'flower', examples: 120, noise: 0.1, seed: 1 });

async function trained(create: (typeof engines)[0]['create'], spec: DataSpec = flower, files: readonly File[] = []) {
  const trainer = createTrainer(create());
  unwrap(await trainer.loadData(spec, files, []));
  const suggested = unwrap(trainer.suggestExperiment('test'));
  const training = { ...suggested.training, optimizer: { ...ADAM }, batchSize: 16, epochs: 1000 };
  const experiment: Experiment = { ...suggested, training };
  unwrap(await trainer.build(experiment));
  unwrap(trainer.advance({ steps: 33 }));
  return { trainer, experiment, before: unwrap(trainer.moment()) };
}

const ADAM = { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

async function carry(trainer: TrainerApi, experiment: Experiment, layers?: readonly (number | null)[]) {
  const carried: Carried = unwrap(await trainer.carry(experiment, layers && { layers }));
  return { ...carried, after: unwrap(trainer.moment()) };
}

const withLayers = (experiment: Experiment, layers: readonly LayerSpec[]): Experiment => ({
  ...experiment,
  network: { ...experiment.network, layers },
});

const tensor = ({ state }: Moment, name: string): NamedTensor =>
  [...state.parameters, ...state.optimizer].find((each) => each.name === name)!;

const values = (moment: Moment, name: string): number[] => [...tensor(moment, name).values];

const initialOf = ({ experiment, inputShape }: Moment, name: string): number[] => [
  ...initialParameters(experiment.network, inputShape).find((each) => each.name === name)!.values,
];

describe.each(engines)('a run carried over on the $name engine', ({ create }) => {
  it('keeps the units that stay and initialises the others, and the optimizer with them', async () => {
    const { trainer, experiment, before } = await trained(create);
    const [hidden, output] = experiment.network.layers as readonly [LayerSpec, LayerSpec];
    const units = (hidden as { units: number }).units;
    const { report, after } = await carry(trainer, withLayers(experiment, [dense(units + 2), output]));
    const fresh = initialOf(after, 'W1');
    expect(values(after, 'W1')).toEqual([...values(before, 'W1'), ...fresh.slice(2 * units)]);
    expect(values(after, 'v.W1')).toEqual([...values(before, 'v.W1'), 0, 0, 0, 0]);
    expect(values(after, 'W2')).toEqual([...values(before, 'W2'), ...initialOf(after, 'W2').slice(units)]);
    expect(values(after, 't')).toEqual([33]);
    expect(report).toMatchObject({ kept: 3 * units + units + 1, fresh: 2 * 3 + 2, lost: 0, optimizerKept: true });
    expect(report.layers).toEqual([
      { layer: 0, from: 0, kept: 3 * units, fresh: 6 },
      { layer: 1, from: 1, kept: units + 1, fresh: 2 },
    ]);
    const { step, epoch, batchInEpoch, history } = before.state;
    expect(after.state).toMatchObject({ step, epoch, batchInEpoch, history, best: null, judgedFrom: epoch });

    const fewer = await carry(trainer, withLayers(experiment, [dense(units - 1), output]));
    expect(values(fewer.after, 'W1')).toEqual(values(before, 'W1').slice(0, 2 * (units - 1)));
    expect(fewer.report).toMatchObject({ fresh: 0, lost: 3 * 3 + 3 });
  });

  it('gives the same bits as without the edit where nothing of the network changed', async () => {
    const one = await trained(create);
    const other = await trained(create);
    const renamed = { ...one.experiment, name: 'other' };
    const { report } = await carry(one.trainer, renamed);
    expect(report).toMatchObject({ fresh: 0, lost: 0, sameMeasure: true });
    const [a, b] = [one, other].map(({ trainer }) => {
      unwrap(trainer.advance({ steps: 40 }));
      return unwrap(trainer.moment()).state;
    });
    expect(a).toMatchObject({ ...b!, judgedFrom: expect.any(Number) as number });
  });

  it('keeps a layer that moves, and those around one that is put in or taken out', async () => {
    const { trainer, experiment } = await trained(create);
    const output = experiment.network.layers.at(-1)!;
    const [a, b, c] = [dense(4), dense(4, 'relu'), dense(4, 'sigmoid')] as const;
    const before = await carry(trainer, withLayers(experiment, [a, b, c, output]), [null, null, null, 1]);
    unwrap(trainer.advance({ steps: 10 }));
    const old = unwrap(trainer.moment());
    const moved = await carry(trainer, withLayers(experiment, [a, c, b, output]));
    expect(values(moved.after, 'W2')).toEqual(values(old, 'W3'));
    expect(values(moved.after, 'W3')).toEqual(values(old, 'W2'));
    expect(values(moved.after, 's.W3')).toEqual(values(old, 's.W2'));
    const dropout: LayerSpec = { kind: 'dropout', rate: 0.2 };
    const put = await carry(trainer, withLayers(experiment, [a, dropout, c, b, output]));
    expect(put.report).toMatchObject({ fresh: 0, lost: 0 });
    expect(values(put.after, 'W3')).toEqual(values(old, 'W3'));
    const taken = await carry(trainer, withLayers(experiment, [a, dropout, b, output]));
    expect(values(taken.after, 'W3')).toEqual(values(old, 'W2'));
    expect(taken.report).toMatchObject({ fresh: 0, lost: 20 });
    expect(before.report.layers.map(({ from }) => from)).toEqual([null, null, null, 1]);
  });

  it('tells equal layers apart where it is told which is which', async () => {
    const { trainer, experiment } = await trained(create);
    const output = experiment.network.layers.at(-1)!;
    await carry(trainer, withLayers(experiment, [dense(3), dense(3), output]), [null, null, 1]);
    unwrap(trainer.advance({ steps: 5 }));
    const old = unwrap(trainer.moment());
    const { after } = await carry(trainer, withLayers(experiment, [dense(3), dense(3), dense(3), output]), [
      0,
      null,
      1,
      2,
    ]);
    expect(values(after, 'W3')).toEqual(values(old, 'W2'));
    expect(values(after, 'W2')).toEqual(initialOf(after, 'W2'));
  });

  it('refuses a pairing that is none, and keeps the run', async () => {
    const { trainer, experiment, before } = await trained(create);
    for (const layers of [[0], [0, 0], [0, 7], [0, 1, 2]]) {
      const refused = await trainer.carry(experiment, { layers });
      expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual(['carry/layers']);
    }
    expect(unwrap(trainer.moment())).toEqual(before);
  });

  it('keeps the weights of the features that stay, by name, and of the classes', async () => {
    const spec = defaultDataSpec({ files: ['t.csv'], testFiles: [] });
    const { trainer, experiment, before } = await trained(create, spec, [table]);
    const data: DataSpec = { ...experiment.data, columns: { ...experiment.data.columns, b: { role: 'ignore' } } };
    expect(before.featureNames).toEqual(['a', 'b', 'c']);
    unwrap(trainer.prepareData(data));
    const { report, after } = await carry(trainer, { ...experiment, data });
    const W = values(before, 'W1');
    expect(values(after, 'W1')).toEqual(W.filter((_, i) => i % 3 !== 1));
    expect(report).toMatchObject({ fresh: 0, sameMeasure: false });
    unwrap(trainer.prepareData(experiment.data));
    const back = await carry(trainer, experiment);
    const initial = initialOf(back.after, 'W1');
    expect(values(back.after, 'W1')).toEqual(W.map((value, i) => (i % 3 === 1 ? initial[i]! : value)));
  });

  it('goes on at the same share of the epoch with another batch size, and saves where it is', async () => {
    const { trainer, experiment, before } = await trained(create);
    expect(before.state).toMatchObject({ step: 33, epoch: 5, batchInEpoch: 3 });
    const training = {
      ...experiment.training,
      batchSize: 4,
      optimizer: { kind: 'momentum', learningRate: 0.1, beta: 0.9 },
    } as const;
    const { after, report } = await carry(trainer, { ...experiment, training });
    expect(after.state).toMatchObject({ step: 33, epoch: 5, batchInEpoch: 10, batchesPerEpoch: 21 });
    expect(report).toMatchObject({ fresh: 0, lost: 0, optimizerKept: false, sameMeasure: true });
    expect(after.state.best).toEqual(before.state.best);
    expect(values(after, 'v.W1')).toEqual(values(before, 'W1').map(() => 0));
    unwrap(trainer.advance({ steps: 12 }));
    const saved = unwrap(trainer.snapshot());
    unwrap(await trainer.build(saved.experiment, saved.state));
    expect(unwrap(trainer.snapshot()).state).toMatchObject({ step: 45, epoch: 6, batchInEpoch: 1 });
    const other = { ...saved.state, batchesPerEpoch: 20 };
    expect((await trainer.build(saved.experiment, other)).ok).toBe(false);
  });

  it('takes over an earlier moment in place of the present run', async () => {
    const { trainer, experiment, before } = await trained(create);
    unwrap(trainer.advance({ steps: 20 }));
    const carried = unwrap(await trainer.carry(experiment, { from: before }));
    expect(carried.report.fresh).toBe(0);
    expect(unwrap(trainer.moment()).state).toMatchObject({ step: 33, parameters: before.state.parameters });
  });
});

it('says so where there is no run', async () => {
  const trainer = createTrainer(createReferenceEngine('float32'));
  unwrap(await trainer.loadData(flower, [], []));
  const refused = await trainer.carry(unwrap(trainer.suggestExperiment('test')));
  expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual(['trainer/no-run']);
});
