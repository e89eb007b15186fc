import { expose } from 'comlink';

/** What peak/assembly/fma.ts exports. */
interface FmaExports {
  readonly run: (rounds: number) => number;
  readonly flopsPerRound: () => number;
}

/** Rounds of a step: about a millisecond. */
const ROUNDS = 100_000;

let exports: FmaExports | undefined;

/** One core multiplying and adding in registers: nothing in WebAssembly can make more of its 128-bit lanes. */
const worker = {
  /** Operations of a step, or null where the browser cannot run it. */
  async open(): Promise<number | null> {
    const bytes = await (await fetch('/fma.wasm')).arrayBuffer();
    if (!WebAssembly.validate(bytes)) return null;
    const { instance } = await WebAssembly.instantiate(bytes, {});
    exports = instance.exports as unknown as FmaExports;
    return exports.flopsPerRound() * ROUNDS;
  },

  /** Runs `steps` steps; when it began and ended, in milliseconds of a clock that all workers share. */
  run(steps: number): [begin: number, end: number] {
    if (exports === undefined) throw new Error('The meter of the peak is not open.');
    const begin = performance.timeOrigin + performance.now();
    for (let step = 0; step < steps; step++) {
      const sum = exports.run(ROUNDS);
      if (!Number.isFinite(sum)) throw new Error(`The meter of the peak computed ${sum}.`);
    }
    return [begin, performance.timeOrigin + performance.now()];
  },
};

export type PeakWorker = typeof worker;

expose(worker);
