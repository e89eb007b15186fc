import { Arena } from '../kernels/arena';
import type { KernelExports } from '../kernels/wasm';
import { loadBuiltKernels } from './load-kernels';

/** A kernel under test: arrays by address, each with a guard behind it that the kernel must not touch. */
export interface KernelArrays {
  readonly kernels: KernelExports;
  /** Copies numbers in. */
  put(values: ArrayLike<number>): number;
  putWords(values: ArrayLike<number>): number;
  putBytes(values: ArrayLike<number>): number;
  /** Room for `length` numbers that kernels write, filled with NaN to show what they leave out. */
  room(length: number): number;
  /** Copies numbers out. */
  get(address: number, length: number): Float32Array;
}

/** Room on top of what a kernel may write: whole vectors. */
const GUARD_BYTES = 64;

export async function createKernelArrays(): Promise<KernelArrays> {
  const { exports, memory } = (await loadBuiltKernels()).acquire();
  const arena = new Arena(exports.heapBase());
  const place = (bytes: number): number => {
    const address = arena.place(bytes + GUARD_BYTES);
    memory.ensure(arena.end);
    return address;
  };
  return {
    kernels: exports,
    put(values) {
      const address = place(values.length * 4);
      memory.floats(address, values.length).set(values);
      return address;
    },
    putWords(values) {
      const address = place(values.length * 4);
      memory.words(address, values.length).set(values);
      return address;
    },
    putBytes(values) {
      const address = place(values.length);
      memory.byteView(address, values.length).set(values);
      return address;
    },
    room(length) {
      const address = place(length * 4);
      memory.floats(address, length + 4).fill(NaN);
      return address;
    },
    get: (address, length) => memory.floats(address, length).slice(),
  };
}
