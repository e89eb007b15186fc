import { expect, it } from 'vitest';
import type { SweepPlan } from '../../src-worker/experiment/sweep/sweep-plan';
import { startSession } from '../testing/session';
import { CurvePacker, runOf, storeRun } from './stored-values';
import { RunsState } from './runs.svelte';

it('brings a run of a sweep back with its sweep, among others that have numbers already', async () => {
  const { experiment } = await startSession();
  const { document } = experiment;
  const runs = new RunsState();
  const plan: SweepPlan = { method: 'grid', settings: [], draws: 1, seed: 1, epochs: 3 };
  runs.addOfSweep([
    {
      ...{ document, path: [{ step: 0, document, by: 'initial' }], records: [], marks: [], epoch: 3, step: 30 },
      ...{ outcome: 'diverged', best: null, evaluations: null, name: 'Sweep 2: 0.1' },
      sweep: { number: 2, plan, values: [0.1] },
    },
  ]);
  const [run] = runs.list;
  const stored = storeRun(run!, new CurvePacker().pack(run!.records, false));
  // As it lies on disk: nothing but plain data.
  expect(runOf(structuredClone(stored), 0)).toEqual(run);
  expect(runOf(stored, 7)).toEqual({ ...run, number: 8, sweep: { ...run!.sweep, number: 9 } });
});
