import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadedKernels } from '../../src-worker/kernels/wasm';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { disagreement } from '../agreement';
import type { Peer, TrainingSession, TrainingStart, TrainingWorkload } from '../contract';
import { openSession, trainingSession } from '../session';
import { outputsOf, sizeOf } from '../shapes';
import { mnistCnn } from '../workloads/mnist-cnn';
import { mnistMlp } from '../workloads/mnist-mlp';
import { planar } from '../workloads/planar';
import { playground } from '../workloads/playground';
import { factorsOf, products, samplesOf } from '../workloads/products';
import { initialWeights } from '../workloads/weights';
import { squareMlp } from '../workloads/wide-mlp';
import { convnetjsPeer } from './convnetjs';
import { layerlabPeer } from './layerlab';
import { layerlabReference } from './layerlab-reference';

/** Enough for momentum to build up and for the batches to begin again. */
const STEPS = [0, 1, 4];
const LABELS = STEPS.map((steps) => `loss after ${steps} steps`);

/** The first three batches, small ones: the bench itself takes all of the examples. */
function shorten(workload: TrainingWorkload): TrainingStart {
  const batchSize = Math.min(16, workload.training.batchSize);
  const examples = 3 * batchSize;
  const { x, y } = workload.generate();
  const data = {
    x: x.slice(0, examples * sizeOf(workload.inputShape)),
    y: y.slice(0, examples * outputsOf(workload)),
  };
  const shorter = { ...workload, examples, training: { ...workload.training, batchSize } };
  return { workload: shorter, data, weights: initialWeights(workload), threads: 1 };
}

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
});

const candidates = (): Readonly<Record<string, Peer>> => ({
  reference: layerlabReference,
  wasm: layerlabPeer('wasm', () => Promise.resolve(kernels)),
  convnetjs: convnetjsPeer,
});

async function openAll(start: TrainingStart): Promise<Map<string, TrainingSession>> {
  const sessions = new Map<string, TrainingSession>();
  for (const [name, peer] of Object.entries(candidates())) {
    const session = await peer.train!(start);
    if (!('cannot' in session)) sessions.set(name, session);
  }
  return sessions;
}

describe.each([playground, planar, mnistMlp, mnistCnn, squareMlp('narrow', 48, 16)])(
  'the peers that also run on Node, on $name',
  (workload) => {
    const start = shorten(workload);
    const { learningRate } = workload.training;
    const prove = (session: TrainingSession, rate = learningRate) =>
      trainingSession(session, {
        training: { ...start.workload.training, learningRate: rate },
        checkedSteps: STEPS,
      }).prove();

    it('make the same updates', async () => {
      const sessions = await openAll(start);
      const proofs = [...sessions].map(([peer, session]) => ({ peer, proof: prove(session) }));
      expect(disagreement(LABELS, proofs)).toBeNull();
      expect(proofs.length).toBeGreaterThan(0);
    });

    it('begin again with the same numbers after a reset, and are not disturbed by a look at the loss', async () => {
      for (const [name, session] of await openAll(start)) {
        const looked = prove(session);
        session.reset(learningRate);
        session.run(STEPS.at(-1) ?? 0);
        expect(session.loss(), name).toBe(looked.at(-1));
      }
    });

    it('would be found out with another learning rate', async () => {
      for (const [name, session] of await openAll(start)) {
        const right = { peer: 'right', proof: prove(session) };
        const wrong = { peer: 'wrong', proof: prove(session, learningRate * 1.01) };
        expect(disagreement(LABELS, [right, wrong]), name).not.toBeNull();
      }
    });
  },
);

describe.each(products.slice(0, 3))('our product $name', (workload) => {
  it('is the sum over k, at every compared place', async () => {
    const session = await openSession(candidates()['wasm']!, workload, 1);
    if ('cannot' in session) throw new Error(session.cannot);
    const { a, b } = factorsOf(workload);
    const { variant, m, k, n } = workload;
    const proof = samplesOf(workload).map((index) => {
      const [i, j] = [Math.floor(index / n), index % n];
      let sum = 0;
      for (let t = 0; t < k; t++)
        sum += a[variant === 'TN' ? t * m + i : i * k + t]! * b[variant === 'NT' ? j * k + t : t * n + j]!;
      return sum;
    });
    const labels = proof.map((_, i) => `sample ${i}`);
    expect(
      disagreement(labels, [
        { peer: 'loops', proof },
        { peer: 'ours', proof: await session.prove() },
      ]),
    ).toBeNull();
  });
});
