import convnetjs, { type Layer, type Net, type Vol } from 'convnetjs';
import { version } from 'convnetjs/package.json';
import type { Peer, TrainingSession, TrainingStart, WorkloadLayer } from '../contract';
import { outputsOf, shapedLayers, sizeOf } from '../shapes';
import { channelsLast } from './channels-last';

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

function definitionOf(layer: WorkloadLayer): object {
  if (layer.kind === 'max-pool2d') return { type: 'pool', sx: layer.size, stride: layer.size };
  if (layer.kind === 'dense') return { type: 'fc', num_neurons: layer.units, activation: layer.activation };
  const { filters, kernel, activation } = layer;
  return { type: 'conv', sx: kernel, filters, stride: 1, pad: 0, activation };
}

function build({ workload, weights }: TrainingStart): Net {
  const hidden = workload.layers.slice(0, -1).map(definitionOf);
  const outputs = outputsOf(workload);
  const last =
    workload.loss === 'cross-entropy'
      ? [{ type: 'softmax', num_classes: outputs }]
      : [{ type: 'regression', num_neurons: outputs }];
  const net = new ConvNet();
  const [depth, height, width] = volumeOf(workload.inputShape);
  net.makeLayers([{ type: 'input', out_sx: width, out_sy: height, out_depth: depth }, ...hidden, ...last]);
  if (workload.loss === 'logistic') net.layers[net.layers.length - 1] = new LogisticLayer();
  const weighted = net.layers.filter(({ filters }) => filters !== undefined);
  const shaped = shapedLayers(workload).filter(({ weightShape }) => weightShape !== null);
  weights
    .filter((layer) => layer !== null)
    .forEach(({ W, b }, l) => {
      const { filters = [], biases } = weighted[l] ?? {};
      const { layer, inputShape, weightShape } = shaped[l]!;
      // A volume keeps the channels of a pixel together, and a dense layer sees it so.
      const theirs = channelsLast(W, volumeOf(layer.kind === 'dense' ? inputShape : weightShape!.slice(1)));
      const fan = theirs.length / b.length;
      filters.forEach((filter, unit) => filter.w.set(theirs.subarray(unit * fan, (unit + 1) * fan)));
      biases?.w.set(b);
    });
  return net;
}

/** As channels, height and width, whatever the shape. */
function volumeOf(shape: readonly number[]): readonly [number, number, number] {
  const [channels = 1, height = 1, width = 1] = shape;
  return [channels, height, width];
}

function open(start: TrainingStart): TrainingSession {
  const { workload, data } = start;
  const { momentum, batchSize } = workload.training;
  const outputs = outputsOf(workload);
  const size = sizeOf(workload.inputShape);
  const [depth, height, width] = volumeOf(workload.inputShape);
  // Its examples are volumes and its targets class numbers: made once, outside the clock.
  const x = channelsLast(data.x, [depth, height, width]);
  const inputs = Array.from({ length: workload.examples }, (_, n) => {
    const volume = new Volume(width, height, depth, 0);
    volume.w.set(x.subarray(n * size, (n + 1) * size));
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
    platform: { about: 'JavaScript, float64', threads: 1 },
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

function copyOf(net: Net, start: TrainingStart): Net {
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
  train: (start) => Promise.resolve(open(start)),
};
