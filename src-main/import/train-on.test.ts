import { describe, expect, it } from 'vitest';
import type { BackendKind, Experiment, ModelSnapshot, NamedTensor, TrainerApi } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { createTrainer } from '../../src-worker/trainer';
import { dataServices } from '../cli/data-services';
import { createEngine } from '../cli/engines';
import type { ExportFormatId } from '../bridge';
import { exportOf } from '../testing/exports';
import { expectSameModel, valueOf } from '../testing/round-trip';
import { randomModels } from '../testing/random-models';
import { readModel } from './index';

/** Formats that bring a model back whole, with what each keeps of a float64. */
const FORMATS = [
  ['onnx', 'float32'],
  ['keras', 'float32'],
  ['tfjs', 'float32'],
  ['pytorch', 'float32'],
  ['json', 'float64'],
  ['npz', 'float64'],
] as const satisfies readonly (readonly [ExportFormatId, 'float32' | 'float64'])[];

const document = valueOf(
  parseExperiment({
    name: 'moons',
    data: { source: { sample: 'moons' } },
    network: {
      layers: [
        { kind: 'dense', units: 8, activation: 'relu' },
        { kind: 'batch-norm' },
        { kind: 'dropout', rate: 0.2 },
        { kind: 'dense', units: 6, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'sigmoid' },
      ],
      loss: 'logistic',
    },
    training: { batchSize: 16, epochs: 9, optimizer: { kind: 'adam', learningRate: 0.01 } },
  }),
);

async function trainerOn(experiment: Experiment, backend: BackendKind): Promise<TrainerApi> {
  const trainer = createTrainer(createEngine(backend, 1), dataServices);
  valueOf(await trainer.loadData(experiment.data, [], []));
  return trainer;
}

/** The middle of the third epoch: the place in the run counts too. */
async function trained(backend: BackendKind): Promise<{ trainer: TrainerApi; model: ModelSnapshot }> {
  const trainer = await trainerOn(document, backend);
  const { batchesPerEpoch } = valueOf(await trainer.build(document));
  valueOf(trainer.advance({ steps: 2 * batchesPerEpoch + 3 }));
  return { trainer, model: valueOf(trainer.snapshot()) };
}

const narrow = (tensors: readonly NamedTensor[]): readonly NamedTensor[] =>
  tensors.map((tensor) => ({ ...tensor, values: Float32Array.from(tensor.values) }));

describe.each(['wasm', 'reference'] as const)('a model of the %s backend that left and came back', (backend) => {
  it.each(FORMATS)('trains on to the same bits through %s', async (format, keeps) => {
    const { trainer, model } = await trained(backend);
    const { content } = await exportOf(format, model, null, { optimizer: 'yes' });
    const read = valueOf(await readModel([{ name: `moons.${format === 'json' ? 'json' : 'x'}`, bytes: content }]));
    expect(read.notes).toEqual([]);
    const back = read.model!;
    expect(back.experiment).toEqual(document);
    // A format of float32 can keep no more of a float64 model: that is what both go on from then.
    const keepsAll = backend === 'wasm' || keeps === 'float64';
    const parameters = keepsAll ? model.state.parameters : narrow(model.state.parameters);
    expect(back.state.parameters).toEqual(keepsAll ? parameters : narrow(back.state.parameters));
    valueOf(await trainer.build(document, { ...model.state, parameters }));
    const other = await trainerOn(back.experiment, backend);
    const { batchesPerEpoch } = valueOf(await other.build(back.experiment, back.state));
    for (const each of [trainer, other]) valueOf(each.advance({ steps: batchesPerEpoch }));
    const [own, found] = [valueOf(trainer.snapshot()), valueOf(other.snapshot())];
    expect(found.state.parameters).toEqual(own.state.parameters);
    expect(found.state.parameters).not.toEqual(parameters);
    expect(found.state.optimizer).toEqual(own.state.optimizer);
    expect(found.state.step).toBe(own.state.step);
  });
});

describe.each(['json', 'npz', 'pytorch'] as const)('%s', (format) => {
  it.each(randomModels(8, 23).map((model, n) => [n, model] as const))(
    'brings random network %i back whole',
    async (_n, model) => {
      await expectSameModel(format, model);
    },
  );
});
