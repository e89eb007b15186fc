import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { ProblemError, type Problem } from '../problem';
import { KernelMemory } from './memory';
import { loadKernels, type KernelFile } from './wasm';

const compileBuilt = async (file: KernelFile): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(new URL(`./build/${file}`, import.meta.url)));

async function problemOf(action: () => unknown): Promise<Problem | undefined> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0];
    throw error;
  }
  return undefined;
}

describe('loadKernels', () => {
  it('asks once, for the build that this machine can run', async () => {
    const compile = vi.fn(compileBuilt);
    const kernels = await loadKernels(compile, null);
    const relaxed = await compileBuilt('kernels-relaxed.wasm').then(
      () => true,
      () => false,
    );
    expect(kernels.relaxed).toBe(relaxed);
    expect(compile.mock.calls).toEqual([[relaxed ? 'kernels-relaxed.wasm' : 'kernels.wasm']]);
  });

  it('says what to do where the module does not compile', async () => {
    const problem = await problemOf(() =>
      loadKernels(() => Promise.reject(new WebAssembly.CompileError('no SIMD')), null),
    );
    expect(problem).toMatchObject({
      code: 'kernels/unsupported',
      message: expect.stringContaining('no SIMD') as string,
    });
  });

  it('hands out instances with memories of their own, and one that was given back again', async () => {
    const kernels = await loadKernels(compileBuilt, null);
    const [first, second] = [kernels.acquire(), kernels.acquire()];
    expect(first.memory.raw).not.toBe(second.memory.raw);
    kernels.release(first);
    expect(kernels.acquire()).toBe(first);
  });
});

describe('KernelMemory', () => {
  it('grows on demand and its views follow', () => {
    const memory = new KernelMemory();
    memory.floats(1024, 2).set([1, 2]);
    const before = memory.bytes;
    memory.ensure(10 * before);
    expect(memory.bytes).toBeGreaterThanOrEqual(10 * before);
    expect([...memory.floats(1024, 2)]).toEqual([1, 2]);
    memory.floats(9 * before, 1)[0] = 3;
    expect(memory.floats(9 * before, 1)[0]).toBe(3);
  });

  it('refuses more than addresses reach, with needed and available, and stays as it was', async () => {
    const memory = new KernelMemory();
    const before = memory.bytes;
    const problem = await problemOf(() => {
      memory.ensure(5 * 2 ** 30);
    });
    expect(problem).toMatchObject({
      code: 'memory/full',
      message: expect.stringMatching(/needs 5\.37 GB .* only [\d.]+ [GM]B/) as string,
      hint: expect.stringContaining('batch size') as string,
    });
    expect(memory.bytes).toBe(before);
  });
});
