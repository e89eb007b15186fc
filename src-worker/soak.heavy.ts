import { beforeAll, expect, it } from 'vitest';
import { createWasmEngine } from './engines';
import type { LoadedKernels } from './kernels/wasm';
import { loadBuiltKernels } from './testing/load-kernels';
import { residentBytes, soak, soakCase } from './testing/soak';
import { compileWasm } from './wasm-network';

let kernels: LoadedKernels;

beforeAll(async () => {
  kernels = await loadBuiltKernels();
  expect(await kernels.startThreads(2)).toBe(2);
});

it('a million steps take no byte more than the first, and the last fifth is no less than half as fast', () => {
  const before = residentBytes();
  const { rates } = soak(kernels, 1_000_000, 1);
  expect(rates.at(-1)!).toBeGreaterThan(rates[0]! * 0.5);
  expect(residentBytes() - before).toBeLessThan(1e8);
});

it('500 builds leave no memory behind, and the same helpers serve them all', async () => {
  const engine = createWasmEngine(() => Promise.resolve(kernels), 2);
  const { x, y, rows } = soakCase;
  const build = async (): Promise<void> => {
    // What the engine compiles runs on one thread; the same network on two takes the helpers over.
    (await engine.compile(soakCase)).dispose();
    const network = compileWasm({ ...soakCase, threads: { most: 2, always: true } }, kernels);
    network.bindExamples('train', { count: rows, x, y });
    expect(network.runBatches(0, 4).batches).toBe(4);
    network.dispose();
  };
  for (let n = 0; n < 20; n++) await build();
  const before = residentBytes();
  for (let n = 0; n < 500; n++) await build();
  expect(await kernels.startThreads(2)).toBe(2);
  expect(residentBytes() - before).toBeLessThan(5e7);
});
