import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AppState } from '../state/app.svelte';
import { cannotRepeat, repeatRun } from '../state/earlier-runs';
import { changeTraining } from '../state/edits';
import { openWindow, type OpenWindow } from '../testing/window';
import { isSwept, sweepRows, sweepsIn, type SweptRun } from './sweep-results';
import { curveMetrics } from '../stage/curve-metric';
import { misfitsOf } from './check-plan';

const EPOCHS = 3;

let opened: OpenWindow;
let app: AppState;

beforeEach(async () => {
  opened = await openWindow();
  ({ app } = opened);
  app.sweeps.setup.epochs = EPOCHS;
  app.sweeps.setup.workers = 2;
});

afterEach(() => opened.close());

const settingAt = (path: string) => app.sweeps.sweepables.find((each) => each.path === path)!;

/** Rates from 0.01 to 1 and two numbers of units. */
function setUpGrid(rates = 2): void {
  const { setup } = app.sweeps;
  setup.choose(0, settingAt('training.optimizer.learningRate'));
  setup.change(0, { ...setup.settings[0]!, from: 0.01, to: 1, count: rates } as (typeof setup.settings)[number]);
  setup.choose(1, settingAt('network.layers[0].units'));
  setup.change(1, { ...setup.settings[1]!, from: 2, to: 6, count: 2 } as (typeof setup.settings)[number]);
}

const sweptRuns = (): readonly SweptRun[] => app.runs.list.filter(isSwept);

it('trains every point of a grid in workers of its own, and leaves the present run as it is', async () => {
  await app.step(5);
  const before = await app.run.keep();
  setUpGrid();
  await app.sweeps.start();
  const { running } = app.sweeps;
  expect(running).toMatchObject({ phase: 'ended', done: 4, total: 4, share: 1, failed: [] });
  const points = sweptRuns().map(({ sweep, document }) => [sweep.values, document.training.optimizer.learningRate]);
  expect(points.toSorted()).toEqual([
    [[0.01, 2], 0.01],
    [[0.01, 6], 0.01],
    [[1, 2], 1],
    [[1, 6], 1],
  ]);
  for (const run of sweptRuns()) {
    expect(run).toMatchObject({ epoch: EPOCHS, outcome: 'finished', overlaid: false, sweep: { number: 1 } });
    expect(run.records).toHaveLength(EPOCHS + 1);
    expect(run.evaluations!.test).not.toBeNull();
  }
  expect(await app.run.keep()).toEqual(before);
});

it('gives the experiment the settings of a run, which then trains to the same bits, and undo takes it back', async () => {
  await app.step(5);
  setUpGrid();
  await app.sweeps.start();
  const { document } = app.experiment;
  const [metric] = curveMetrics('binary', app.catalog.metrics);
  const [row] = sweepRows(sweepsIn(app.runs.list)[0]!, metric);
  const { run } = row!;
  app.sweeps.use(run);
  await app.settled();
  expect(app.run.phase).toBe('ready');
  app.experiment.edit('Change epochs', (now) => changeTraining(now, { epochs: EPOCHS }));
  expect(app.experiment.document).toEqual(run.document);
  await app.train();
  expect(app.run.records).toEqual(run.records);
  expect(app.run.evaluations).toEqual(run.evaluations);
  app.experiment.undo();
  app.experiment.undo();
  await app.settled();
  expect(app.experiment.document).toBe(document);
  expect(app.run.progress!.step).toBe(5);
});

/** Does something as soon as the first run is written down, before the next begins. */
function afterFirst(act: () => void): void {
  const add = app.runs.addOfSweep.bind(app.runs);
  vi.spyOn(app.runs, 'addOfSweep').mockImplementationOnce((runs) => {
    add(runs);
    act();
  });
}

it('keeps what was finished when it is stopped', async () => {
  setUpGrid(20);
  app.sweeps.setup.workers = 1;
  afterFirst(() => app.sweeps.running!.stop());
  await app.sweeps.start();
  expect(app.sweeps.running).toMatchObject({ phase: 'ended', done: 1, total: 40 });
  expect(sweptRuns()).toHaveLength(1);
  expect(app.sweeps.active).toBe(false);
  expect(app.messages.list.filter(({ tone }) => tone === 'problem')).toEqual([]);
});

it('stands still while it is paused, lets the present run train, and goes on', async () => {
  setUpGrid();
  app.sweeps.setup.workers = 1;
  let paused: () => void = () => undefined;
  const pausing = new Promise<void>((resolve) => (paused = resolve));
  afterFirst(() => {
    app.sweeps.running!.pause();
    paused();
  });
  const started = app.sweeps.start();
  await pausing;
  await app.step(200);
  const { running } = app.sweeps;
  expect(running).toMatchObject({ phase: 'paused', done: 1, share: 0.25 });
  running!.goOn();
  await started;
  expect(running).toMatchObject({ phase: 'ended', done: 4, share: 1 });
});

it('says in the plan what does not fit, and trains the others', async () => {
  const { setup } = app.sweeps;
  setup.choose(0, settingAt('training.batchSize'));
  setup.change(0, { ...setup.settings[0]!, from: 32, to: 100_000, count: 2 } as (typeof setup.settings)[number]);
  await app.sweeps.check();
  const [misfit] = misfitsOf(app.sweeps.checked!);
  expect(misfit).toMatchObject({ problem: { code: 'training/batch-too-large' }, points: [{ values: [100_000] }] });
  await app.sweeps.start();
  expect(sweptRuns().map(({ sweep }) => sweep.values)).toEqual([[32]]);
});

it('has divergence for a result', async () => {
  const { setup } = app.sweeps;
  app.experiment.edit('Change loss', (document) => ({
    ...document,
    network: {
      ...document.network,
      loss: 'squared',
      layers: document.network.layers.map((layer) => ({ ...layer, activation: 'identity' }) as typeof layer),
    },
  }));
  await app.settled();
  setup.choose(0, settingAt('training.optimizer.learningRate'));
  setup.change(0, { ...setup.settings[0]!, from: 0.001, to: 1e9, count: 2 } as (typeof setup.settings)[number]);
  setup.epochs = 50;
  await app.sweeps.start();
  const outcomes = Object.fromEntries(sweptRuns().map(({ sweep, outcome }) => [String(sweep.values[0]), outcome]));
  expect(outcomes).toEqual({ '0.001': 'finished', '1000000000': 'diverged' });
});

it('repeats a run of a sweep exactly, with its own number of epochs, as any other run', async () => {
  setUpGrid();
  await app.sweeps.start();
  const [run] = sweptRuns();
  expect(cannotRepeat(app, run!)).toBeNull();
  await repeatRun(app, run!);
  expect(app.run.phase).toBe('finished');
  expect(app.run.records).toEqual(run!.records);
});

it('tells of its end in a view that does not show it', async () => {
  setUpGrid();
  app.stage.show('Curves');
  await app.sweeps.start();
  const [note] = app.messages.list;
  expect(note).toMatchObject({ tone: 'note', title: 'Sweep 1 is done: 4 runs' });
  note!.actions[0]!.run();
  expect(app.stage.view).toBe('Sweep');
});

it('deletes a sweep with all its runs, and brings it back', async () => {
  setUpGrid();
  await app.sweeps.start();
  const before = app.runs.list;
  app.sweeps.delete(1);
  expect(sweptRuns()).toEqual([]);
  app.messages.list.at(-1)!.actions[0]!.run();
  expect(app.runs.list).toEqual(before);
  await app.sweeps.start();
  expect(sweepsIn(app.runs.list).map(({ number }) => number)).toEqual([2, 1]);
});

it('says why an experiment that has changed cannot have the settings of a run', async () => {
  setUpGrid();
  await app.sweeps.start();
  const [run] = sweptRuns();
  expect(app.sweeps.cannotUse(run!)).toBeNull();
  app.experiment.edit('Delete layers', (document) => ({ ...document, network: { ...document.network, layers: [] } }));
  expect(app.sweeps.cannotUse(run!)).toContain('There is no layer 1 units here.');
});
