import { expect } from 'vitest';
import type { LoadedKernels } from '../kernels/wasm';
import { compileWasm } from '../wasm-network';
import { networkCase, type NetworkCase } from './arbitrary';

/** A small network with something of everything that could leak: parts, weights, an optimizer with arrays, dropout. */
export const soakCase: NetworkCase = networkCase({
  layers: [
    { kind: 'dense', units: 6, activation: 'tanh', initializer: { kind: 'xavier-normal' } },
    { kind: 'dropout', rate: 0.2 },
    { units: 3, activation: 'softmax' },
  ],
  loss: 'cross-entropy',
  inputs: 2,
  rows: 64,
  batchSize: 16,
  l2: 0.001,
  optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
});

export interface Soak {
  /** Updates per second, of each fifth of the run. */
  readonly rates: readonly number[];
}

/** Trains {@link soakCase} on one thread or more, looking in on it as the window does; memory must not change by a byte. */
export function soak(kernels: LoadedKernels, steps: number, threads: number): Soak {
  const { x, y, rows } = soakCase;
  const network = compileWasm({ ...soakCase, threads: { most: threads, always: threads > 1 } }, kernels);
  network.bindExamples('train', { count: rows, x, y });
  const held = network.memoryBytes;
  const rates: number[] = [];
  const epochs = Math.ceil(steps / 4 / 5);
  for (let fifth = 0; fifth < 5; fifth++) {
    const started = performance.now();
    for (let epoch = 0; epoch < epochs; epoch++) {
      expect(network.runBatches(0, 4)).toMatchObject({ batches: 4, finite: true });
      if (epoch % 1000 > 0) continue;
      network.evaluate('train');
      network.trace(x, y, rows);
      network.setTraining(soakCase.training);
    }
    rates.push((epochs * 4) / ((performance.now() - started) / 1000));
    expect(network.memoryBytes).toBe(held);
  }
  expect(network.step).toBe(epochs * 4 * 5);
  network.dispose();
  return { rates };
}

/** Bytes that stay with this process once a dropped memory is collected, as far as it can be asked to. */
export function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
