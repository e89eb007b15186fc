import * as op from '../../src-worker/kernels/simd/opcodes';
import type { KernelInstance, LoadedKernels } from '../../src-worker/kernels/wasm';
import { compileWasm } from '../../src-worker/wasm-network';
import type { TrainingStart } from '../contract';
import { compileRequest, openEngine } from '../peers/layerlab-engine';
import { nameInstruction, type NamedInstruction } from './instructions';

/** What one instruction of a training step costs. */
export interface ProfiledInstruction extends NamedInstruction {
  /** Every part does a share of it. */
  readonly divided: boolean;
  /** All parts wait for one another before it. */
  readonly waits: boolean;
  readonly seconds: number;
}

export interface Profile {
  readonly threads: number;
  readonly instructions: readonly ProfiledInstruction[];
  /** A whole step, with what surrounds the instructions. */
  readonly seconds: number;
}

/** Long enough for a clock of 5 µs. */
const LEAST_MS = 4;

/**
 * How long each instruction of a training step takes: the program is cut short before every one of them in turn, by an END in its
 * place, and what the next cut takes longer is what the instruction costs. The cuts are timed in interleaved rounds and the
 * best of each counts: a difference of two medians would be mostly what disturbed the machine meanwhile.
 */
export async function profile(start: TrainingStart, kernels: LoadedKernels, rounds: number): Promise<Profile> {
  const { instance, header, threads } = await compile(start, kernels);
  const { memory, exports } = instance;
  const { batchSize } = start.workload.training;
  const places = instructionsOf(instance, memory.word(header + op.HEADER_CODE));
  const batches = start.workload.examples / batchSize;

  const run = (times: number): void => {
    for (let left = times; left > 0; left -= batches) exports.runBatches(header, 0, Math.min(left, batches));
  };
  const cuts = places.map((address) => {
    const words = memory.words(address, 2);
    const whole = words.slice();
    return {
      cut: () => words.set([op.END, 2 | op.DIVIDED]),
      mend: () => words.set(whole),
      steps: 1,
      samples: [] as number[],
    };
  });
  for (let round = -1; round < rounds; round++) {
    for (const each of cuts) {
      each.cut();
      let milliseconds: number;
      for (;;) {
        const began = performance.now();
        run(each.steps);
        milliseconds = performance.now() - began;
        // The round before the first finds how many steps are long enough, and warms up.
        if (round >= 0 || milliseconds >= LEAST_MS) break;
        each.steps *= 2;
      }
      each.mend();
      if (round >= 0) each.samples.push(milliseconds / each.steps / 1000);
    }
  }
  const seconds = cuts.map(({ samples }) => Math.min(...samples));
  return {
    threads,
    seconds: seconds.at(-1)!,
    instructions: places.slice(0, -1).map((address, i) => {
      const flags = memory.word(address + 4);
      return {
        ...nameInstruction(memory.words(address, flags & op.WORDS_MASK), batchSize),
        divided: (flags & op.DIVIDED) !== 0,
        waits: (flags & op.BARRIER) !== 0,
        seconds: seconds[i + 1]! - seconds[i]!,
      };
    }),
  };
}

/** The workload's network as the bench trains it, with the place of its program. */
async function compile(
  start: TrainingStart,
  kernels: LoadedKernels,
): Promise<{ instance: KernelInstance; header: number; threads: number }> {
  const seen: { instance: KernelInstance; header: number }[] = [];
  const watched: LoadedKernels = {
    ...kernels,
    acquire() {
      const instance = kernels.acquire();
      const runBatches = (header: number, first: number, count: number): void => {
        seen.push({ instance, header });
        instance.exports.runBatches(header, first, count);
      };
      return { ...instance, exports: { ...instance.exports, runBatches } };
    },
  };
  const threads = { most: await kernels.startThreads(start.threads) };
  const network = compileWasm({ ...compileRequest(start), threads }, watched);
  const session = openEngine(network, start, '');
  session.reset(start.workload.training.timingLearningRate);
  session.run(1);
  return { ...seen.at(-1)!, threads: network.threads };
}

/** Addresses of the instructions that a step runs, END the last. */
function instructionsOf({ memory }: KernelInstance, code: number): number[] {
  const places: number[] = [];
  for (let at = code; ;) {
    places.push(at);
    const opcode = memory.word(at);
    if (opcode === op.END) return places;
    at += 4 * (memory.word(at + 4) & op.WORDS_MASK);
    // What prepares the gradient, where it is clipped or measured, is not part of these networks' steps.
    if (opcode === op.UNLESS_PREPARED) at += 4 * memory.word(at - 4);
  }
}
