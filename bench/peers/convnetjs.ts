import convnetjs, { type Layer, type Net, type Vol } from 'convnetjs';
import { version } from 'convnetjs/package.json';
import type { Peer, Session, Start } from '../contract';

const { Net: ConvNet, Trainer, Vol: Volume } = convnetjs;

/**
 * ConvNetJS has no logistic loss on one output: this is that layer, in its own manner.
 *
 *   forward   ŷ = σ(z)
 *   backward  dz = ŷ − y,  L = softplus(z) − y z
 */
class LogisticLayer implements Layer {
  readonly layer_type = 'logistic';
  out_act = new Volume(1, 1, 1, 0);
  private input = this.out_act;

  forward(input: Vol): Vol {
    this.input = input;
    const out = new Volume(1, 1, 1, 0);
    out.w[0] = 1 / (1 + Math.exp(-(input.w[0] ?? 0)));
    this.out_act = out;
    return out;
  }

  backward(y = 0): number {
    const z = this.input.w[0] ?? 0;
    this.input.dw[0] = (this.out_act.w[0] ?? 0) - y;
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
  }

  getParamsAndGrads(): [] {
    return [];
  }
}

function build({ workload, weights }: Start): Net {
  const hidden = workload.layers
    .slice(0, -1)
    .map(({ units, activation }) => ({ type: 'fc', num_neurons: units, activation }));
  const outputs = workload.layers.at(-1)?.units ?? 0;
  const last =
    workload.loss === 'cross-entropy'
      ? [{ type: 'softmax', num_classes: outputs }]
      : [{ type: 'regression', num_neurons: outputs }];
  const net = new ConvNet();
  net.makeLayers([{ type: 'input', out_sx: 1, out_sy: 1, out_depth: workload.inputs }, ...hidden, ...last]);
  if (workload.loss === 'logistic') net.layers[net.layers.length - 1] = new LogisticLayer();
  const dense = net.layers.filter((layer) => layer.layer_type === 'fc');
  weights.forEach(({ W, b }, l) => {
    const { filters = [], biases } = dense[l] ?? {};
    const inputs = W.length / b.length;
    filters.forEach((filter, unit) => filter.w.set(W.subarray(unit * inputs, (unit + 1) * inputs)));
    biases?.w.set(b);
  });
  return net;
}

function open(start: Start): Session {
  const { workload, data } = start;
  const { momentum, batchSize } = workload.training;
  const outputs = workload.layers.at(-1)?.units ?? 0;
  // Its examples are volumes and its targets class numbers: made once, outside the clock.
  const inputs = Array.from({ length: workload.examples }, (_, n) => {
    const volume = new Volume(1, 1, workload.inputs, 0);
    volume.w.set(data.x.subarray(n * workload.inputs, (n + 1) * workload.inputs));
    return volume;
  });
  const targets = inputs.map((_, n) => {
    const row = data.y.subarray(n * outputs, (n + 1) * outputs);
    return outputs === 1 ? (row[0] ?? 0) : row.indexOf(1);
  });

  const trainerFor = (net: Net, learningRate: number) =>
    new Trainer(net, { method: 'sgd', learning_rate: learningRate, momentum, batch_size: batchSize, l2_decay: 0 });
  let net = build(start);
  let trainer = trainerFor(net, workload.training.learningRate);
  let next = 0;

  return {
    about: 'JavaScript, 1 thread, float64',
    reset(learningRate) {
      net = build(start);
      trainer = trainerFor(net, learningRate);
      next = 0;
    },
    run(steps) {
      for (let trained = 0; trained < steps * batchSize; trained++) {
        trainer.train(inputs[next] as Vol, targets[next] as number);
        next = (next + 1) % inputs.length;
      }
    },
    loss() {
      // Its own loss comes with a backward pass that adds to the gradients: a copy of the network takes the damage.
      const scratch = copyOf(net, start);
      const sum = inputs.reduce((total, input, n) => {
        scratch.forward(input);
        return total + scratch.backward(targets[n] as number);
      }, 0);
      return sum / inputs.length;
    },
  };
}

function copyOf(net: Net, start: Start): Net {
  const copy = build(start);
  const parameters = net.layers.flatMap((layer) => layer.getParamsAndGrads());
  copy.layers
    .flatMap((layer) => layer.getParamsAndGrads())
    .forEach(({ params }, i) => params.set(parameters[i]?.params ?? []));
  return copy;
}

/** Plain JavaScript on Float64Array, one example at a time; the update is v = βv − αg, which is heavy ball. */
export const convnetjsPeer: Peer = {
  title: `ConvNetJS ${version}`,
  open: (start) => Promise.resolve(open(start)),
};
