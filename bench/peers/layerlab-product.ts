import { ProgramBuilder } from '../../src-worker/kernels/program';
import type { LoadedKernels } from '../../src-worker/kernels/wasm';
import { placeProgram, Workspace } from '../../src-worker/kernels/workspace';
import type { ProductSession, ProductStart } from '../contract';

/** More than is ever run in one go. */
const MOST_TIMES = 2 ** 30;

/** A program of one product, run as a training step is. */
export async function openProduct(kernels: LoadedKernels, start: ProductStart, about: string): Promise<ProductSession> {
  const { variant, m, n, k } = start.workload;
  const threads = { most: await kernels.startThreads(start.threads) };
  const workspace = new Workspace(kernels.acquire());
  const { value } = workspace.claim((place) => {
    const arrays = { a: place(4 * m * k), b: place(4 * k * n), c: place(4 * m * n) };
    const builder = new ProgramBuilder(1, threads);
    builder.product({ variant, m, n, k, ...arrays });
    return { ...arrays, program: placeProgram(builder, place) };
  });
  const { memory } = workspace.instance;
  workspace.install(value.program);
  workspace.aim(value.program, MOST_TIMES, 1, 0);
  memory.floats(value.a, m * k).set(start.a);
  memory.floats(value.b, k * n).set(start.b);
  return {
    platform: { about, threads: value.program.parts },
    run: (times) => {
      workspace.run(value.program, 0, times);
    },
    result: () => memory.floats(value.c, m * n),
  };
}
