import { NN, NT, TN } from '../../src-worker/kernels/simd/opcodes';
import type { LoadedKernels } from '../../src-worker/kernels/wasm';
import { Workspace } from '../../src-worker/kernels/workspace';
import type { ProductSession, ProductStart, ProductVariant } from '../contract';

const codes: Readonly<Record<ProductVariant, number>> = { NN, NT, TN };

/** The product kernel itself, called as a program calls it. */
export function openProduct(kernels: LoadedKernels, { workload, a, b }: ProductStart, about: string): ProductSession {
  const { variant, m, n, k } = workload;
  const { exports, memory } = kernels.acquire();
  const code = codes[variant];
  const { value } = new Workspace({ exports, memory }).claim((place) => ({
    a: place(4 * m * k),
    b: place(4 * k * n),
    c: place(4 * m * n),
    scratch: place(exports.productScratchBytes(code, m, n, k)),
  }));
  memory.floats(value.a, m * k).set(a);
  memory.floats(value.b, k * n).set(b);
  return {
    platform: { about, threads: 1 },
    run(times) {
      for (let i = 0; i < times; i++) exports.product(code, m, n, k, value.a, value.b, value.c, 0, value.scratch);
    },
    result: () => memory.floats(value.c, m * n),
  };
}
