import { expect, test } from 'vitest';
import { startSession } from '../testing/session';
import { RunsState } from './runs.svelte';

test('a run that was trained elsewhere stands beside the others, with a number of its own', async () => {
  const { experiment } = await startSession();
  const runs = new RunsState();
  const facts = {
    ...{ document: experiment.document, path: [], records: [], marks: [], epoch: 3, step: 30 },
    ...({ outcome: 'finished', best: null, evaluations: null } as const),
  };
  const own = runs.start(null, facts, 1);
  const added = runs.add(facts, 'PyTorch 1.13.1, 2 processes');
  expect(runs.list.map(({ number }) => number)).toEqual([added.number, own]);
  expect(added).toMatchObject({ name: `Run ${own + 1}, PyTorch 1.13.1, 2 processes`, epoch: 3, parent: null });
  expect(runs.start(added.number, { ...facts, step: 20 }, 2)).not.toBe(added.number);
});
