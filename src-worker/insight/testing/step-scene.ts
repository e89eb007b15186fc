import type { PreparedData } from '../../data/prepared';
import type { Experiment, TrainingSpec } from '../../experiment/document';
import { compileReference } from '../../network';
import { createRandom } from '../../random';
import type { NetworkCase } from '../../testing/arbitrary';
import type { StepScene } from '../step-trace';
import type { StepTrace } from '../step-types';
import { traceStep } from '../step-trace';

/** What a case of a random network trains with beside its own settings. */
export type StepSettings = Partial<Pick<TrainingSpec, 'l1' | 'l2' | 'clipNorm'>> & { readonly weighted?: boolean };

/** A run of a random network after a few updates, so that no weight and no array of the optimizer is 0. */
export function stepScene(example: NetworkCase, settings: StepSettings = {}): StepScene {
  const { x, y, rows, inputShape, network: spec } = example;
  const training = { l1: 0, clipNorm: 0, ...example.training, ...settings } as TrainingSpec;
  const network = compileReference({ ...example, training: { ...training, batchSize: rows } }, 'float64');
  const random = createRandom(7, 'weights');
  const weights =
    settings.weighted === true ? { weights: Float64Array.from({ length: rows }, () => 0.5 + random.uniform()) } : {};
  const examples = { count: rows, x, y, ...weights };
  network.bindExamples('train', examples);
  for (let step = 0; step < 3; step++) network.runBatches(0, 1);
  const prepared = {
    summary: { classes: [], featureNames: [] },
    preprocessing: { inputShape },
    bindable: () => examples,
  } as unknown as PreparedData; // the rest of what data say of themselves is not looked at
  return {
    network,
    walk: {
      learningRate: training.optimizer.learningRate,
      epoch: 0,
      nextBatch: () => Uint32Array.from({ length: rows }, (_, i) => i),
    },
    experiment: { network: spec, training } as unknown as Experiment,
    prepared,
    outputs: y.length / rows,
  };
}

export function stepTrace(example: NetworkCase, settings: StepSettings = {}): StepTrace {
  return traceStep(stepScene(example, settings), { part: 'train', examples: 'next-batch' });
}
