import { describe, expect, test } from 'vitest';
import type { ModelSnapshot } from '../../api';
import { sizeOf } from '../../tensor';
import { checkCase, everyCase, finish, trainedSample, unwrap } from './testing/check-session';

describe('a right network passes', () => {
  // Deeper networks on pictures of 64 × 64 take the reference minutes: check-presets.heavy.ts has them.
  const quick = [...everyCase()].filter(
    ([sample, preset]) => sample !== 'soccer-ball' || preset === 'logistic-regression',
  );

  test('on every sample with the networks that are offered for it, after a few steps', async () => {
    const failed: string[] = [];
    let checked = 0;
    for (const [sample, preset] of quick) {
      const state = await checkCase(sample, preset, { examples: 6, entries: 5, seed: 3 });
      if (state === null) continue;
      checked++;
      for (const verdict of state.verdicts) {
        if (verdict.checked > 0 && !verdict.passed) failed.push(`${preset} on ${sample}: ${JSON.stringify(verdict)}`);
      }
    }
    expect(failed).toEqual([]);
    expect(checked).toBeGreaterThan(35);
  });
});

describe('a check of the run', () => {
  const request = { examples: 12, entries: 8, step: 1e-5, bug: null } as const;
  const steps = (trainer: Awaited<ReturnType<typeof trainedSample>>): ModelSnapshot['state'] =>
    unwrap(trainer.snapshot()).state;

  test('takes nothing from training: the run goes on to the same bits', async () => {
    const [checked, alone] = [await trainedSample('moons', 4), await trainedSample('moons', 4)];
    unwrap(checked.startGradientCheck(request));
    for (let n = 0; n < 20; n++) {
      unwrap(checked.continueGradientCheck(0, null));
      unwrap(checked.advance({ steps: 1 }));
      unwrap(alone.advance({ steps: 1 }));
    }
    expect(steps(checked).parameters).toEqual(steps(alone).parameters);
  });

  test('is of the weights of its beginning, whatever training does meanwhile', async () => {
    const [still, training] = [await trainedSample('moons', 4), await trainedSample('moons', 4)];
    for (const trainer of [still, training]) unwrap(trainer.startGradientCheck(request));
    unwrap(training.advance({ steps: 30 }));
    expect({ ...finish(training), ms: 0 }).toEqual({ ...finish(still), ms: 0 });
  });

  test('draws entries of large arrays and says how many; counts them on the way; ends with a curve', async () => {
    const trainer = await trainedSample('iris', 2);
    const begun = unwrap(trainer.startGradientCheck(request));
    expect(begun).toMatchObject({ status: 'arrays', done: 0, verdicts: [], curve: null, trainingStep: 3, request });
    const ended = finish(trainer);
    expect(ended.verdicts.map(({ checked, atKink, size }) => checked + atKink === Math.min(8, size))).not.toContain(
      false,
    );
    expect(ended.verdicts.map(({ size, shape }) => size === sizeOf(shape))).not.toContain(false);
    expect(ended.done).toBe(ended.total);
    expect(ended.curve).toMatchObject({ entries: 5 });
    expect(finish(trainer, 'b1').curve?.name).toBe('b1');
  });

  test('with a bug planted, just the arrays fail that the choices name', async () => {
    const trainer = await trainedSample('penguins', 2);
    const { bugs, examples } = unwrap(trainer.gradientCheckChoices());
    for (const { kind, hits } of bugs) {
      unwrap(trainer.startGradientCheck({ examples, entries: 40, step: 1e-5, bug: kind }));
      const failed = finish(trainer).verdicts.filter(({ passed }) => !passed);
      expect(
        failed.map(({ name }) => name),
        kind,
      ).toEqual(hits);
    }
  });

  test('has to be started first', async () => {
    const trainer = await trainedSample('xor', 1);
    expect(trainer.continueGradientCheck(0, null)).toMatchObject({ ok: false, problems: [{ code: 'check/none' }] });
  });
});
