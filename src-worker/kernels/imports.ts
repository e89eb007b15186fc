/** What an instance of the kernels asks for: its memory, and how to sleep on a word near the beginning of it; see simd/crew.ts. */
export function kernelImports(memory: WebAssembly.Memory): WebAssembly.Imports {
  const words = new Int32Array(memory.buffer);
  return {
    env: { memory },
    crew: { sleep: (address: number, value: number) => void Atomics.wait(words, address / 4, value) },
  };
}
