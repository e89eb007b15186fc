import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKernels, type LoadedKernels } from '../../src-worker/kernels/wasm';
import { compileReference } from '../../src-worker/network';
import { compileWasm } from '../../src-worker/wasm-network';
import { disagreement } from '../agreement';
import type { Session, Start, Workload } from '../contract';
import { losses } from '../stopwatch';
import { workloads } from '../workloads';
import { initialWeights } from '../workloads/weights';
import { convnetjsPeer } from './convnetjs';
import { compileRequest, openEngine } from './layerlab-engine';

/** Enough for momentum to build up and for the batches to begin again. */
const STEPS = [0, 1, 8];

/** The first three batches: the bench itself takes all of the examples. */
function shorten(workload: Workload): Start {
  const examples = 3 * workload.training.batchSize;
  const { x, y } = workload.generate();
  const data = {
    x: x.slice(0, examples * workload.inputs),
    y: y.slice(0, (examples * y.length) / workload.examples),
  };
  return { workload: { ...workload, examples }, data, weights: initialWeights(workload) };
}

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadKernels(async (file) => {
    const bytes = await readFile(new URL(`../../src-worker/kernels/build/${file}`, import.meta.url));
    return WebAssembly.compile(bytes);
  });
});

function open(start: Start): Promise<[Session, Session, Session]> {
  const request = compileRequest(start);
  return Promise.all([
    openEngine(compileReference(request, 'float64'), start, 'reference'),
    openEngine(compileWasm(request, kernels), start, 'wasm'),
    convnetjsPeer.open(start),
  ]);
}

describe.each(workloads)('the peers that also run on Node, on $name', (workload) => {
  const start = shorten(workload);
  const { learningRate } = workload.training;

  it('make the same updates', async () => {
    const sessions = await open(start);
    const checked = sessions.map((session, i) => ({ peer: String(i), losses: losses(session, learningRate, STEPS) }));
    expect(disagreement(STEPS, checked)).toBeNull();
  });

  it('begin again with the same numbers after a reset, and are not disturbed by a look at the loss', async () => {
    for (const session of await open(start)) {
      const looked = losses(session, learningRate, STEPS);
      session.reset(learningRate);
      session.run(STEPS.at(-1) ?? 0);
      expect(session.loss(), session.about).toBe(looked.at(-1));
    }
  });

  it('would be found out with another learning rate', async () => {
    const [reference, wasm] = await open(start);
    const right = losses(reference, learningRate, STEPS);
    const wrong = losses(wasm, learningRate * 1.01, STEPS);
    expect(
      disagreement(STEPS, [
        { peer: 'right', losses: right },
        { peer: 'wrong', losses: wrong },
      ]),
    ).not.toBeNull();
  });
});
