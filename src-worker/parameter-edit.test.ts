import { describe, expect, it } from 'vitest';
import type { Experiment, Outcome } from './api';
import { createReferenceEngine, createWasmEngine, type Engine } from './engines';
import { defaultDataSpec } from './experiment/defaults';
import { withEnabled } from './experiment/enabled';
import { loadBuiltKernels } from './testing/load-kernels';
import { createTrainer } from './trainer';

const engines: readonly { readonly name: string; readonly create: () => Engine }[] = [
  { name: 'reference', create: () => createReferenceEngine('float64') },
  { name: 'wasm', create: () => createWasmEngine(loadBuiltKernels, 1) },
];

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

describe.each(engines)('setting a weight by hand on the $name engine', ({ create }) => {
  async function started(change: (experiment: Experiment) => Experiment = (experiment) => experiment) {
    const trainer = createTrainer(create());
    unwrap(await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: 60, noise: 0.1, seed: 1 }), [], []));
    const experiment = change(unwrap(trainer.suggestExperiment('test')));
    expect(trainer.inspect(experiment).memory?.layers).toHaveLength(2);
    unwrap(await trainer.build(experiment));
    unwrap(trainer.advance({ steps: 5 }));
    return trainer;
  }

  it('changes that number alone, and the answers; taking it back is exact', async () => {
    const trainer = await started();
    const before = unwrap(trainer.parameters());
    const loss = unwrap(trainer.evaluate());
    const change = unwrap(trainer.setParameter({ name: 'W1', index: 3, value: 1.7 }));
    expect(change.value).toBeCloseTo(1.7, 6);
    const after = unwrap(trainer.parameters());
    for (const [tensor, { name, values }] of after.map((each, place) => [before[place]!, each] as const)) {
      expect(Array.from(values)).toEqual(
        Array.from(tensor.values, (value, index) => (name === 'W1' && index === 3 ? change.value : value)),
      );
    }
    expect(unwrap(trainer.evaluate()).train.loss).not.toBe(loss.train.loss);
    expect(unwrap(trainer.setParameter({ ...change, value: change.before })).before).toBe(change.value);
    expect(unwrap(trainer.parameters())).toEqual(before);
    expect(unwrap(trainer.evaluate())).toEqual(loss);
  });

  it('is trained on from there', async () => {
    const trainer = await started();
    unwrap(trainer.setParameter({ name: 'b2', index: 0, value: 2 }));
    expect(unwrap(trainer.advance({ steps: 1 }))).toMatchObject({ status: 'training', step: 6, problem: null });
    const [b2] = unwrap(trainer.parameters(['b2']));
    expect(b2!.values[0]).not.toBe(2);
    expect(b2!.values[0]).toBeCloseTo(2, 0);
  });

  it('hands out copies of the arrays that are named, in layer order', async () => {
    const trainer = await started();
    const [W1, b2, ...others] = unwrap(trainer.parameters(['b2', 'W1', 'W9']));
    expect([W1!.name, b2!.name, others.length]).toEqual(['W1', 'b2', 0]);
    const [first] = W1!.values;
    W1!.values.fill(0);
    expect(unwrap(trainer.parameters(['W1']))[0]!.values[0]).toBe(first);
  });

  it.each([
    ['W7', 0, 1, 'parameter/unknown'],
    ['W1', 999, 1, 'parameter/unknown'],
    ['W1', 0.5, 1, 'parameter/unknown'],
    ['W1', 0, Infinity, 'parameter/not-finite'],
    ['W1', 0, NaN, 'parameter/not-finite'],
  ])('refuses %s[%d] = %d and changes nothing', async (name, index, value, code) => {
    const trainer = await started();
    const before = unwrap(trainer.parameters());
    expect(trainer.setParameter({ name, index, value })).toMatchObject({ ok: false, problems: [{ code }] });
    expect(unwrap(trainer.parameters())).toEqual(before);
  });

  it('works, as memory does, with a layer in front that is off', async () => {
    const trainer = await started((experiment) => {
      const { layers } = experiment.network;
      return { ...experiment, network: { ...experiment.network, layers: [withEnabled(layers[0]!, false), ...layers] } };
    });
    expect(unwrap(trainer.parameters()).map(({ name }) => name)).toEqual(['W2', 'b2', 'W3', 'b3']);
  });
});
