import { afterAll, describe, expect, test } from 'vitest';
import { isRunHistory, parseRunHistory } from '../../../src-worker/experiment/run-history';
import { distributedGrid } from '../../testing/distributed-grid';
import { exportFolder, lossDifference, trainInApp } from '../../testing/distributed-runs';
import { findPython } from '../../testing/find-python';

const torch = findPython('torch');
const grid = distributedGrid();
let largest = 0;

/** Every optimizer under every schedule. */
describe.skipIf(torch === null)('one process makes the updates of the app: losses within 1e-4', () => {
  afterAll(() => void process.stderr.write(`torchrun, one process: ${grid.length} settings, largest ${largest}\n`));

  test.each(grid)('%s', { timeout: 300_000 }, async (_name, recipe) => {
    const run = await trainInApp(recipe);
    const exported = await exportFolder(run);
    const { history } = exported.train(torch!, 1);
    exported.remove();
    const difference = lossDifference(run.model.state.history, history);
    expect(difference).toBeLessThan(1e-4);
    largest = Math.max(largest, difference);
  });
});

/** One of each optimizer, the schedules in turn. */
describe.skipIf(torch === null)('two processes train on, and what they wrote is a run', () => {
  const some = grid.filter((_, n) => n % 7 === 0 || n === grid.length - 1);
  let most = 0;
  afterAll(() => void process.stderr.write(`torchrun, two processes: ${some.length} settings, largest ${most}\n`));

  test.each(some)('%s', { timeout: 300_000 }, async (_name, recipe) => {
    const run = await trainInApp(recipe, 3);
    const exported = await exportFolder(run, 'now');
    const { history, text } = exported.train(torch!, 2);
    exported.remove();
    expect(isRunHistory(text)).toBe(true);
    const read = parseRunHistory(text, 'history.json');
    expect(read.ok && read.value.records).toEqual(history);
    const whole = await trainInApp(recipe);
    const difference = lossDifference(whole.model.state.history, history);
    expect(difference).toBeLessThan(1e-4);
    most = Math.max(most, difference);
  });
});
