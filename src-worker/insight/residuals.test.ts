import { expect, it } from 'vitest';
import type { Outcome } from '../api';
import { createReferenceEngine } from '../engines';
import { defaultDataSpec } from '../experiment/defaults';
import { createTrainer } from '../trainer';

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

async function trainerOf(sample: 'line' | 'flower') {
  const trainer = createTrainer(createReferenceEngine('float64'));
  unwrap(await trainer.loadData(defaultDataSpec({ sample, examples: 60, noise: 0.1, seed: 1 }), [], []));
  unwrap(await trainer.build(unwrap(trainer.suggestExperiment('test'))));
  return trainer;
}

it('are those that the RMSE is of, in the units of the target', async () => {
  const trainer = await trainerOf('line');
  unwrap(trainer.advance({ steps: 10 }));
  const { targets, answers, count, target } = unwrap(trainer.residuals({ part: 'dev', most: 1000 }));
  expect(targets).toHaveLength(count);
  expect(target).toBe('y');
  const squares = targets.reduce((sum, value, i) => sum + (answers[i]! - value) ** 2, 0);
  expect(Math.sqrt(squares / count)).toBeCloseTo(unwrap(trainer.evaluate()).dev!.rmse!, 9);
  expect(unwrap(trainer.residuals({ part: 'train', most: 5 })).targets).toHaveLength(5);
});

it('are none of classes', async () => {
  const outcome = (await trainerOf('flower')).residuals({ part: 'dev', most: 5 });
  expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'residuals/classes' }] });
});
