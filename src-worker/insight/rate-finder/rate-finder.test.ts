import { describe, expect, it } from 'vitest';
import type { Outcome, RateSearchState, TrainerApi } from '../../api';
import { createReferenceEngine, createWasmEngine, type Engine } from '../../engines';
import { defaultDataSpec } from '../../experiment/defaults';
import { createTrainer } from '../../trainer';
import { loadBuiltKernels } from '../../testing/load-kernels';

const engines: readonly { readonly name: string; readonly create: () => Engine }[] = [
  { name: 'reference', create: () => createReferenceEngine('float64') },
  { name: 'wasm', create: () => createWasmEngine(loadBuiltKernels, 1) },
];

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

async function trained(engine: Engine): Promise<TrainerApi> {
  const trainer = createTrainer(engine);
  unwrap(await trainer.loadData(defaultDataSpec({ sample: 'flower', examples: 120, noise: 0.1, seed: 1 }), [], []));
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('test'))));
  unwrap(trainer.advance({ steps: 7 }));
  return trainer;
}

const RATES = { from: 1e-5, to: 10 };

function searchToEnd(trainer: TrainerApi): RateSearchState {
  for (;;) {
    const state = unwrap(trainer.advanceRateSearch(0));
    if (state.ended !== null) return state;
  }
}

describe.each(engines)('the search for a learning rate on the $name engine', ({ create }) => {
  it('leaves the run as it is, bit for bit, wherever training goes on beside it', async () => {
    const [searched, plain] = [await trained(create()), await trained(create())];
    const before = unwrap(searched.snapshot());
    const plan = unwrap(await searched.startRateSearch(RATES));
    unwrap(searched.advanceRateSearch(0));
    expect(unwrap(searched.snapshot())).toEqual(before);
    unwrap(searched.advance({ steps: 5 }));
    const state = searchToEnd(searched);
    expect(state.rates.length).toBeLessThanOrEqual(plan.updates);
    searched.endRateSearch();
    unwrap(searched.advance({ steps: 5 }));
    unwrap(plain.advance({ steps: 10 }));
    expect(unwrap(searched.snapshot())).toEqual(unwrap(plain.snapshot()));
  });

  it('begins at the present weights and is the same every time', async () => {
    const trainer = await trained(create());
    const states = [];
    for (let i = 0; i < 2; i++) {
      unwrap(await trainer.startRateSearch(RATES));
      states.push(searchToEnd(trainer));
    }
    expect(states[1]).toEqual(states[0]);
    const [{ rates, losses, proposal }] = states as [RateSearchState];
    expect(rates[0]).toBe(1e-5);
    // At the lowest rates the weights hardly move: the losses of the first pass are those of the batches.
    expect(losses[0]).toBeGreaterThan(0.1);
    expect(proposal?.rate).toBeGreaterThan(1e-4);
    expect(proposal?.rate).toBeLessThan(10);
  });
});

describe('a search that cannot be', () => {
  it('says so', async () => {
    const trainer = createTrainer(createReferenceEngine('float64'));
    expect(await trainer.startRateSearch(RATES)).toMatchObject({ ok: false, problems: [{ code: 'rate-search/none' }] });
    expect(trainer.advanceRateSearch(0)).toMatchObject({ ok: false, problems: [{ code: 'rate-search/none' }] });
    const ready = await trained(createReferenceEngine('float64'));
    expect(await ready.startRateSearch({ from: 0, to: 1 })).toMatchObject({
      ok: false,
      problems: [{ code: 'rate-search/range' }],
    });
    expect(await ready.startRateSearch({ from: 2, to: 1 })).toMatchObject({ ok: false });
  });

  it('is no more once it was ended, or another began before its network was made', async () => {
    const trainer = await trained(createReferenceEngine('float64'));
    const [first, second] = await Promise.all([trainer.startRateSearch(RATES), trainer.startRateSearch(RATES)]);
    expect([first.ok, second.ok]).toEqual([false, true]);
    trainer.endRateSearch();
    expect(trainer.advanceRateSearch(0).ok).toBe(false);
  });
});
