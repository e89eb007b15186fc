import type { CompiledNetwork, CompileRequest } from '../../src-worker/engine';
import type { NamedTensor } from '../../src-worker/tensor';
import type { Session, Start } from '../contract';

/** The workload as our own document has it. Our momentum averages, v = βv + (1−β)g: heavy ball's step is α / (1 − β) of it. */
export function compileRequest({ workload }: Start): CompileRequest {
  const { momentum, batchSize, learningRate } = workload.training;
  return {
    network: {
      layers: workload.layers.map((layer) => ({ kind: 'dense', ...layer, initializer: { kind: 'zeros' } })),
      loss: workload.loss,
      seed: 1,
    },
    inputShape: [workload.inputs],
    training: { optimizer: optimizerFor(momentum, learningRate), batchSize, epochs: 1, l2: 0, seed: 1 },
  };
}

function optimizerFor(momentum: number, learningRate: number): CompileRequest['training']['optimizer'] {
  if (momentum === 0) return { kind: 'sgd', learningRate };
  return { kind: 'momentum', learningRate: learningRate / (1 - momentum), beta: momentum };
}

/** A session on a compiled network of ours, driven as the app's trainer drives it: many batches a call, an epoch at most. */
export function openEngine(network: CompiledNetwork, { workload, data, weights }: Start, about: string): Session {
  const batches = workload.examples / workload.training.batchSize;
  const parameters = weights.flatMap(({ W, b }, l): NamedTensor[] => [
    { name: `W${l + 1}`, shape: [b.length, W.length / b.length], values: W },
    { name: `b${l + 1}`, shape: [b.length], values: b },
  ]);
  network.bindExamples('train', { count: workload.examples, x: data.x, y: data.y });
  network.setOrder(Uint32Array.from({ length: workload.examples }, (_, n) => n));
  let next = 0;

  return {
    about,
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
