import { expect, test } from 'vitest';
import {
  answersOf,
  differenceOf,
  hasCompiler,
  runC,
  runKeras,
  runModule,
  runPython,
  runTfjs,
  withFiles,
  type Case,
  type Run,
} from './run-exports';
import { findPython } from './find-python';
import { exportOf } from './exports';

/** Largest difference from the app's own outputs, relative to those above 1. */
const BOUND = 1e-5;

/**
 * Tests of every format of code against the app's outputs, wherever there is something to run it.
 * @param compiled how many of the cases go through the C compiler and Keras, which take a second for each
 */
export function answersElsewhere(cases: readonly Case[], compiled = cases.length): void {
  const numpy = findPython('numpy');
  test.skipIf(numpy === null)('plain NumPy', async () => {
    const runs = await withFiles('numpy', cases, (folders) => runPython(numpy!, folders));
    expectSame('NumPy', cases, runs);
  });

  const torch = findPython('torch');
  test.skipIf(torch === null)('the PyTorch module', async () => {
    const runs = await withFiles('pytorch', cases, (folders) => runPython(torch!, folders));
    expectSame('PyTorch', cases, runs);
  });

  test('the TensorFlow.js model, raw rows by the module beside it', async () => {
    const runs = await withFiles('tfjs', cases, async (folders) => {
      const each: Run[] = [];
      for (const [n, folder] of folders.entries()) each.push(await runTfjs(folder, cases[n]!));
      return each;
    });
    expectSame('TensorFlow.js', cases, runs);
  });

  // The smallest backend that runs on every machine.
  process.env['KERAS_BACKEND'] ??= 'jax';
  const keras = findPython('keras');
  test.skipIf(keras === null)('the Keras model, raw rows by the module inside', { timeout: 1_200_000 }, async () => {
    const some = cases.slice(0, compiled);
    const runs = await withFiles('keras', some, (folders) => runKeras(keras!, folders));
    expectSame('Keras', some, runs);
  });

  test('the JavaScript module in Node', async () => {
    const runs = await withFiles('javascript', cases, (folders) =>
      Promise.all(folders.map((folder, n) => runModule(folder, cases[n]!))),
    );
    expectSame('JavaScript', cases, runs);
  });

  test.skipIf(!hasCompiler())('the C header', async () => {
    const runs = await withFiles('c', cases.slice(0, compiled), (folders) => folders.map(runC));
    for (const [n, run] of runs.entries()) {
      expect(differenceOf(cases[n]!, run), `case ${n}`).toBeLessThan(BOUND);
      expect(run.report).toMatch(/rows, largest difference from the app's outputs \d/);
      if (cases[n]!.model.preprocessing.task === 'regression') continue;
      for (const answer of answersOf(cases[n]!)) expect(run.report).toContain(`\n${answer}\n`);
    }
    tell('C', cases, runs);
  });

  test.each(['javascript', 'html'] as const)('%s, read back by the app', async (format) => {
    for (const { model, proof } of cases) {
      if (format === 'html' && model.preprocessing.pixels !== null && model.preprocessing.inputShape.length < 3)
        continue;
      const exported = await exportOf(format, model, proof);
      expect(exported.proof).toMatchObject({ kind: 'reread', rows: proof.count, sameAnswers: true });
      const largest = Array.from(proof.outputs).reduce((most, y) => Math.max(most, Math.abs(y)), 1);
      expect(exported.proof.kind === 'reread' && exported.proof.largestDifference / largest).toBeLessThan(BOUND);
    }
  });
}

function expectSame(where: string, cases: readonly Case[], runs: readonly Run[]): void {
  expect(runs.length).toBe(cases.length);
  for (const [n, each] of cases.entries()) {
    expect(differenceOf(each, runs[n]!), `case ${n}`).toBeLessThan(BOUND);
    if (each.model.preprocessing.task !== 'regression') expect(runs[n]!.answers, `case ${n}`).toEqual(answersOf(each));
  }
  tell(where, cases, runs);
}

/** The measured figure, for the report of the long tests. */
function tell(where: string, cases: readonly Case[], runs: readonly Run[]): void {
  const largest = Math.max(...runs.map((run, n) => differenceOf(cases[n]!, run)));
  process.stderr.write(`${where}: ${cases.length} networks, largest difference ${largest.toExponential(1)}\n`);
}
