import { createReferenceEngine, type Engine } from '../../engines';
import type { CompiledNetwork, Examples } from '../../engine';
import type { Experiment } from '../../experiment/document';
import { fail, succeed, type Outcome } from '../../problem';
import type { PreparedData } from '../../data/prepared';
import { sizeOf } from '../../tensor';
import type { StepTiming } from './timing-types';

/** Of each way: long enough for a clock of a browser, short enough that nobody waits for it. */
const MEASURE_MS = 30;
/** Spent before, so that the loops are compiled by then and the caches are warm. */
const WARM_UP_MS = 10;
/** Inputs of the training part that are copied for it at most. */
const MOST_INPUTS = 4_000_000;
/** The weights hardly move: the numbers stay those that training meets. */
const STILL = { kind: 'sgd', learningRate: 1e-9 } as const;

/** What of a run the timing looks at. */
export interface TimedRun {
  readonly experiment: Experiment;
  readonly outputs: number;
  readonly prepared: PreparedData;
}

/** See `TimingApi.timeStep`. The loops are the reference backend, which reads like the notes; both compute in float32. */
export async function timeStep(engine: Engine, run: TimedRun): Promise<Outcome<StepTiming>> {
  const { experiment, outputs, prepared } = run;
  const { inputShape } = prepared.preprocessing;
  const count = prepared.summary.parts.train;
  if (count * sizeOf(inputShape) > MOST_INPUTS) {
    return fail({
      code: 'timing/too-large',
      message: `The training part has ${count.toLocaleString('en')} examples, too many to be timed beside the run.`,
      hint: 'Choose a sample with fewer examples.',
      path: 'data.source',
    });
  }
  const examples = prepared.examples('train', outputs, 'float32');
  if (examples === null) {
    return fail({
      code: 'timing/no-examples',
      message: 'The training part is empty.',
      hint: 'Give it a share of the split.',
      path: 'data.split',
    });
  }
  const request = { network: experiment.network, inputShape };
  const training = { ...experiment.training, optimizer: STILL };
  const slow = await createReferenceEngine('float32').compile({ ...request, training: { ...training, batchSize: 1 } });
  const fast = await engine.compile({ ...request, training: { ...training, batchSize: count } });
  try {
    return succeed({ examples: count, loops: speedOf(slow, examples, 1), engine: speedOf(fast, examples, count) });
  } finally {
    slow.dispose();
    fast.dispose();
  }
}

/** Examples a second. */
function speedOf(network: CompiledNetwork, examples: Examples, batchSize: number): number {
  network.bindExamples('train', examples);
  network.setOrder(Uint32Array.from({ length: examples.count }, (_, index) => index));
  const batches = Math.ceil(examples.count / batchSize);
  let next = 0;
  const steps = (ms: number): number => {
    const start = performance.now();
    for (let done = 1; ; done++) {
      network.runBatches(next, 1);
      next = (next + 1) % batches;
      const tookMs = performance.now() - start;
      if (tookMs >= ms) return (done / tookMs) * 1000;
    }
  };
  steps(WARM_UP_MS);
  return steps(MEASURE_MS) * batchSize;
}
