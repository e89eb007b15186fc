import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf, type Library } from '../../src-worker/insight/steps';
import { stepTrace, type StepSettings } from '../../src-worker/insight/testing/step-scene';
import { LIVELY, networkCase, networkCases, type NetworkCase } from '../../src-worker/testing/arbitrary';
import { findPython } from '../testing/find-python';

const python = findPython('torch');

/** The lines of all steps in both libraries, and the arrays that nobody works out: what a person has who saved the trace. */
function program(example: NetworkCase, settings: StepSettings) {
  const trace = stepTrace(example, settings);
  const lines = stepsOf(trace).flatMap((step) => step.lines());
  const given = [...trace.tensors, ...trace.inner].filter(
    ({ name }) => /^(x|y|[A-Za-z]+\d+)$/.test(name) && !/^(z|a|d[A-Z]|db|delta|da|dgamma|dbeta)/.test(name),
  );
  const state = trace.state.map(({ name, ...rest }) => ({ name: name.replace('.', '_'), ...rest }));
  const rows = trace.indices.length;
  const targets = (name: string, shape: readonly number[]) =>
    name === 'y' ? [rows, shape.slice(1).reduce((p, n) => p * n, 1)] : shape;
  const entries = [...given, ...state].map(({ name, shape, values }) => [name, [targets(name, shape), [...values]]]);
  const weights = trace.weights === null ? [] : [['w', [[rows], [...trace.weights]]]];
  const made = (library: Library) =>
    lines.map((line) => [line.result.name, line.code(library), Array.from(line.result.values)]);
  return { given: Object.fromEntries([...entries, ...weights]) as unknown, np: made('np'), torch: made('torch') };
}

describe.skipIf(python === null)('the code of the steps, run by NumPy and PyTorch', () => {
  it('makes every array, for random networks of every kind', () => {
    const settings = fc.record({
      l1: fc.constantFrom(0, 0.03),
      clipNorm: fc.constantFrom(0, 0.05),
      weighted: fc.boolean(),
    });
    const conv = { kind: 'conv2d', filters: 2, activation: 'softmax', initializer: LIVELY } as const;
    const chain = networkCase({
      layers: [
        { ...conv, kernel: [3, 2], stride: [1, 2], padding: 'same' },
        { kind: 'batch-norm', decay: 0.9, epsilon: 0.1 },
        { kind: 'max-pool2d', size: [3, 2], stride: 1 },
        { ...conv, kernel: 2, stride: 1, padding: 1, activation: 'gelu' },
        { kind: 'dropout', rate: 0.3 },
        { kind: 'avg-pool2d', size: 2, stride: [2, 1] },
        { units: 3, activation: 'softmax' },
      ],
      ...{ loss: 'cross-entropy', inputShape: [2, 7, 8], rows: 2, l2: 0.1 },
    });
    const random = fc.sample(fc.tuple(networkCases, settings), { numRuns: 60, seed: 20240703 });
    const cases = [program(chain, {}), ...random.map(([example, rest]) => program(example, rest))];
    const script = fileURLToPath(new URL('testing/run-steps.py', import.meta.url));
    const output = execFileSync(python!, [script], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(JSON.parse(output)).toEqual([]);
  });
});
