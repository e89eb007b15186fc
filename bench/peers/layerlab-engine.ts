import type { CompiledNetwork, CompileRequest } from '../../src-worker/engine';
import type { LayerSpec } from '../../src-worker/experiment/document';
import type { NamedTensor } from '../../src-worker/tensor';
import type { TrainingSession, TrainingStart, WorkloadLayer } from '../contract';
import { shapedLayers } from '../shapes';

/** The workload as our own document has it. Our momentum averages, v = βv + (1−β)g: heavy ball's step is α / (1 − β) of it. */
export function compileRequest({ workload }: Pick<TrainingStart, 'workload'>): CompileRequest {
  const { momentum, batchSize, learningRate } = workload.training;
  return {
    network: { layers: workload.layers.map(layerSpec), loss: workload.loss, seed: 1 },
    inputShape: workload.inputShape,
    training: {
      optimizer: optimizerFor(momentum, learningRate),
      ...{ batchSize, epochs: 1, l2: 0, seed: 1, classWeights: 'none' },
    },
  };
}

/** The weights come from the workload, so the initializer does not matter. */
function layerSpec(layer: WorkloadLayer): LayerSpec {
  if (layer.kind === 'max-pool2d') return { ...layer, stride: layer.size };
  if (layer.kind === 'dense') return { ...layer, initializer: { kind: 'zeros' } };
  return { ...layer, stride: 1, padding: 'valid', initializer: { kind: 'zeros' } };
}

function optimizerFor(momentum: number, learningRate: number): CompileRequest['training']['optimizer'] {
  if (momentum === 0) return { kind: 'sgd', learningRate };
  return { kind: 'momentum', learningRate: learningRate / (1 - momentum), beta: momentum };
}

/** A session on a compiled network of ours, driven as the app's trainer drives it: many batches a call, an epoch at most. */
export function openEngine(
  network: CompiledNetwork,
  { workload, data, weights }: TrainingStart,
  about: string,
): TrainingSession {
  const batches = workload.examples / workload.training.batchSize;
  const shaped = shapedLayers(workload);
  const parameters = weights.flatMap((layer, l): NamedTensor[] =>
    layer === null
      ? []
      : [
          { name: `W${l + 1}`, shape: shaped[l]?.weightShape ?? [], values: layer.W },
          { name: `b${l + 1}`, shape: [layer.b.length], values: layer.b },
        ],
  );
  network.bindExamples('train', { count: workload.examples, x: data.x, y: data.y });
  network.setOrder(Uint32Array.from({ length: workload.examples }, (_, n) => n));
  let next = 0;

  return {
    platform: { about, threads: network.threads },
    reset(learningRate) {
      network.setTraining({ optimizer: optimizerFor(workload.training.momentum, learningRate), l2: 0 });
      network.setParameters(parameters);
      network.setOptimizerState(network.optimizerState().map((state) => ({ ...state, values: state.values.fill(0) })));
      next = 0;
    },
    run(steps) {
      for (let left = steps; left > 0;) {
        const count = Math.min(left, batches - next);
        const { batches: made } = network.runBatches(next, count);
        if (made < count) throw new Error(`The loss stopped being a number in batch ${next + made}.`);
        next = (next + count) % batches;
        left -= count;
      }
    },
    loss: () => network.evaluate('train').loss,
  };
}
