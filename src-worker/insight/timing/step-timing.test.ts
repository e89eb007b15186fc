import { expect, test } from 'vitest';
import { createWasmEngine } from '../../engines';
import { parseExperiment } from '../../experiment/parse';
import { loadBuiltKernels } from '../../testing/load-kernels';
import { createTrainer } from '../../trainer';
import { timeStep, type TimedRun } from './step-timing';

const engine = createWasmEngine(loadBuiltKernels, 1);
const trainer = createTrainer(engine);

function documentOf(value: object) {
  const parsed = parseExperiment(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

test('times both ways and leaves the run as it was', async () => {
  expect(await trainer.timeStep()).toMatchObject({ ok: false, problems: [{ code: 'trainer/no-run' }] });
  const document = documentOf({
    data: { source: { sample: 'flower', examples: 200, noise: 0.1, seed: 1 } },
    network: {
      layers: [
        { kind: 'dense', units: 64, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'sigmoid' },
      ],
    },
  });
  await trainer.loadData(document.data, [], []);
  await trainer.build(document);
  trainer.advance({ steps: 3 });
  const before = trainer.snapshot();
  const timed = await trainer.timeStep();
  if (!timed.ok) throw new Error(JSON.stringify(timed.problems));
  expect(timed.value.examples).toBe(140);
  expect(timed.value.loops).toBeGreaterThan(0);
  // One thread, and a hundred times as fast on an idle machine: this fails only if the engine were no faster at all.
  expect(timed.value.engine).toBeGreaterThan(timed.value.loops);
  expect(trainer.snapshot()).toEqual(before);
});

test('refuses a training part that is too large to be copied', async () => {
  const prepared = { preprocessing: { inputShape: [28, 28] }, summary: { parts: { train: 60_000 } } };
  const run = { prepared, outputs: 10, experiment: {} } as unknown as TimedRun; // it is refused before anything else is read
  expect(await timeStep(engine, run)).toMatchObject({ ok: false, problems: [{ code: 'timing/too-large' }] });
});
