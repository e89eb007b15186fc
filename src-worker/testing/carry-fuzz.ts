import { expect } from 'vitest';
import type { Experiment, LayerSpec, Moment, Outcome, TrainerApi } from '../api';
import type { Engine } from '../engines';
import { defaultDataSpec } from '../experiment/defaults';
import { withEnabled } from '../experiment/enabled';
import { followLayers } from '../experiment/follow-layers';
import { initialParameters } from '../network';
import { createRandom, type Random } from '../random';
import { resolveNetwork } from '../shape';
import { createTrainer } from '../trainer';
import { optimizerSpecs } from './arbitrary';

/** What the fuzz met; a test says how much of it there has to be. */
export interface CarryFuzz {
  readonly edits: number;
  readonly refused: number;
  readonly kept: number;
  readonly fresh: number;
  readonly lost: number;
}

/** Of the sample that is trained on. */
const EXAMPLES = 90;

/**
 * Trains, sets weights by hand and makes random edits in the middle of it. After each: no crash, the run stands at the same step with the same curves,
 * and each number of each parameter and of the optimizer is the old one of the same unit and input, else the initial one.
 */
export async function fuzzMidRunEdits(engine: Engine, edits: number, seed: number): Promise<CarryFuzz> {
  const random = createRandom(seed, 'mid-run-edits');
  const trainer = createTrainer(engine);
  unwrap(
    await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: EXAMPLES, noise: 0.1, seed: 1 }), [], []),
  );
  const first = unwrap(trainer.suggestExperiment('fuzz'));
  let experiment: Experiment = { ...first, training: { ...first.training, epochs: 1e6, batchSize: 16 } };
  unwrap(await trainer.build(experiment));
  unwrap(trainer.advance({ steps: 5 }));
  const met = { edits, refused: 0, kept: 0, fresh: 0, lost: 0 };
  for (let n = 0; n < edits; n++) {
    unwrap(trainer.advance({ steps: 1 + random.integer(9) }));
    if (random.integer(4) === 0) setAtRandom(trainer, random);
    const before = unwrap(trainer.moment());
    const edited = randomEdit(experiment, before.classes, random);
    const prepared = trainer.prepareData(edited.data);
    const layers = followLayers(experiment.network.layers, edited.network.layers);
    const carried = prepared.ok ? await trainer.carry(edited, { layers }) : prepared;
    if (!carried.ok) {
      met.refused += 1;
      for (const { message, hint, code } of carried.problems) expect([message, hint, code]).not.toContain('internal');
      unwrap(trainer.prepareData(experiment.data));
      expect(unwrap(trainer.moment()), 'a refused edit leaves the run as it was').toEqual(before);
      continue;
    }
    const after = unwrap(trainer.moment());
    const { step, epoch, history } = before.state;
    expect(after.state).toMatchObject({ step, epoch, history });
    const { report } = carried.value;
    const counts = compare(before, after, layers, report.optimizerKept);
    expect(counts).toEqual({ kept: report.kept, fresh: report.fresh });
    met.kept += report.kept;
    met.fresh += report.fresh;
    met.lost += report.lost;
    experiment = edited;
  }
  expect(unwrap(trainer.advance({ steps: 50 })).problem).toBeNull();
  return met;
}

/** Sets one number of one array by hand: that one changes and no other. */
function setAtRandom(trainer: TrainerApi, random: Random): void {
  const before = unwrap(trainer.parameters());
  const { name, values } = before[random.integer(before.length)]!;
  const edit = { name, index: random.integer(values.length), value: random.normal() };
  unwrap(trainer.setParameter(edit));
  const expected = before.map((tensor) => {
    const numbers = tensor.values.slice();
    if (tensor.name === name) numbers[edit.index] = edit.value;
    return { ...tensor, values: numbers };
  });
  expect(unwrap(trainer.parameters())).toEqual(expected);
}

function randomEdit(experiment: Experiment, classes: readonly string[], random: Random): Experiment {
  const { network, training, data } = experiment;
  const { layers } = network;
  const hidden = layers.length - 1;
  const at = random.integer(hidden + 1);
  const activation = (['tanh', 'relu', 'sigmoid', 'gelu'] as const)[random.integer(4)]!;
  const dense = (): LayerSpec => ({
    ...{ kind: 'dense', units: 1 + random.integer(9), activation, initializer: { kind: 'xavier-normal' } },
  });
  const withLayers = (next: readonly LayerSpec[]): Experiment => ({
    ...experiment,
    network: { ...network, layers: next },
  });
  const others: readonly LayerSpec[] = [
    { kind: 'dropout', rate: 0.1 },
    { kind: 'batch-norm', decay: 0.9, epsilon: 1e-5 },
  ];
  const changed = (index: number): LayerSpec => {
    const layer = layers[index]!;
    if (layer.kind !== 'dense') return layer.kind === 'dropout' ? { ...layer, rate: random.uniform() / 2 } : others[0]!;
    return random.integer(2) === 0 ? { ...layer, units: 1 + random.integer(9) } : { ...layer, activation };
  };
  const optimizer = optimizerSpecs(0.01);
  const edits: readonly (() => Experiment)[] = [
    () => withLayers(layers.toSpliced(at, 0, dense())),
    () => withLayers(layers.toSpliced(at, 0, others[random.integer(2)]!)),
    () => (hidden === 0 ? experiment : withLayers(layers.toSpliced(random.integer(hidden), 1))),
    () => {
      const [from, to] = [random.integer(hidden + 1), random.integer(hidden + 1)];
      return withLayers(layers.toSpliced(from, 1).toSpliced(to, 0, layers[from]!));
    },
    () =>
      hidden === 0 ? experiment : withLayers(layers.with(random.integer(hidden), changed(random.integer(hidden)))),
    () => withLayers(layers.with(at, changed(at))),
    () => withLayers(layers.with(at, withEnabled(layers[at]!, layers[at]!.enabled === false))),
    () => ({ ...experiment, network: { ...network, seed: random.integer(1000) } }),
    () => ({ ...experiment, training: { ...training, batchSize: 2 + random.integer(40), seed: random.integer(100) } }),
    () => ({ ...experiment, training: { ...training, optimizer: optimizer[random.integer(optimizer.length)]! } }),
    () => ({ ...experiment, training: { ...training, l2: random.uniform() / 100 } }),
    () => ({ ...experiment, data: { ...data, split: { ...data.split, seed: random.integer(100) } } }),
    () => ({ ...experiment, training: { ...training, classWeights: random.integer(2) === 0 ? 'balanced' : 'none' } }),
    () => {
      const place = random.integer(EXAMPLES);
      const others = data.excluded.filter((other) => other !== place);
      const excluded = others.length < data.excluded.length ? others : [...others, place].sort((a, b) => a - b);
      return { ...experiment, data: { ...data, excluded } };
    },
    () => {
      const target = classes[random.integer(classes.length)]!;
      const relabelled = { ...data.relabelled, [random.integer(EXAMPLES)]: target };
      return { ...experiment, data: { ...data, relabelled } };
    },
    () => ({ ...experiment, data: { ...data, source: { ...data.source } } }),
  ];
  return edits[random.integer(edits.length)]!();
}

/**
 * Every number by itself, without the maps of the code under test. Here inputs never change, so that a number of the same row and
 * column is the same one.
 */
function compare(before: Moment, after: Moment, pairs: readonly (number | null)[], optimizerKept: boolean) {
  const tensors = ({ state }: Moment) => new Map([...state.parameters, ...state.optimizer].map((t) => [t.name, t]));
  const [old, now] = [tensors(before), tensors(after)];
  const initial = new Map(initialParameters(after.experiment.network, after.inputShape).map((t) => [t.name, t]));
  const olds = new Map(resolveNetwork(before.experiment.network, before.inputShape).map((l) => [l.number - 1, l]));
  const slots = [...new Set(after.state.optimizer.map(({ name }) => name.split('.')[0]!))].filter((s) => s !== 't');
  let [kept, fresh] = [0, 0];
  for (const layer of resolveNetwork(after.experiment.network, after.inputShape)) {
    const pair = olds.get(pairs[layer.number - 1] ?? -1);
    const continued = pair?.definition.kind === layer.definition.kind ? pair : undefined;
    for (const { name, fullName, shape, trained } of layer.parameters) {
      const source = continued?.parameters.find((each) => each.name === name);
      const columns = shape[1] ?? 1;
      now.get(fullName)!.values.forEach((value, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const inside = source !== undefined && row < source.shape[0]! && column < (source.shape[1] ?? 1);
        const place = inside ? row * (source.shape[1] ?? 1) + column : -1;
        expect(value, fullName).toBe(
          inside ? old.get(source.fullName)!.values[place] : initial.get(fullName)!.values[i],
        );
        if (!trained) return;
        if (inside) kept += 1;
        else fresh += 1;
        for (const slot of slots) {
          const known = inside && optimizerKept ? old.get(`${slot}.${source.fullName}`)!.values[place] : 0;
          expect(now.get(`${slot}.${fullName}`)!.values[i], `${slot}.${fullName}`).toBe(known);
        }
      });
    }
  }
  return { kept, fresh };
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
