import { beforeAll, expect, it } from 'vitest';
import type { LoadedKernels } from './kernels/wasm';
import { loadBuiltKernels } from './testing/load-kernels';
import { soak, soakCase } from './testing/soak';
import { compileWasm } from './wasm-network';

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
  expect(await kernels.startThreads(2)).toBe(2);
});

it('20,000 steps take no byte more than the first', () => {
  soak(kernels, 20_000, 1);
});

it('2,000 steps on two threads neither', () => {
  soak(kernels, 2_000, 2);
});

it('50 changes of the data leave the memory as it was', () => {
  const { x, y, rows, inputs, outputs } = soakCase;
  const network = compileWasm(soakCase, kernels);
  const bind = (count: number): void => {
    const [few, targets] = [x.slice(0, count * inputs), y.slice(0, count * outputs)];
    network.bindExamples('train', { count, x: few, y: targets });
    network.bindExamples('test', { count, x: few, y: targets });
  };
  bind(rows);
  const held = network.memoryBytes;
  for (let swap = 1; swap <= 50; swap++) {
    bind(1 + (swap % rows));
    expect(network.runBatches(0, 1).batches).toBe(1);
  }
  bind(rows);
  expect(network.memoryBytes).toBe(held);
  network.dispose();
});
