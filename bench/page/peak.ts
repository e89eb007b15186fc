import { wrap, type Remote } from 'comlink';
import type { PeakWorker } from './peak-worker';

/** The peak of so many cores at once, by the number of workers that multiply and add beside each other. */
export interface Peak {
  /** Operations of a step, over all workers; null where the browser has no fused multiply-add for WebAssembly. */
  open(threads: number): Promise<number | null>;
  calibrate(threads: number, targetMs: number): Promise<number>;
  time(threads: number, steps: number, repeats: number): Promise<number[]>;
  close(threads: number): void;
}

interface Crew {
  readonly workers: readonly Worker[];
  readonly remotes: readonly Remote<PeakWorker>[];
}

export function createPeak(): Peak {
  const crews = new Map<number, Crew>();

  const close = (threads: number): void => {
    crews.get(threads)?.workers.forEach((worker) => worker.terminate());
    crews.delete(threads);
  };

  /** Seconds from the first worker's beginning to the last one's end: all the crew's work lies between them. */
  const turn = async (threads: number, steps: number): Promise<number> => {
    const spans = await Promise.all((crews.get(threads)?.remotes ?? []).map((remote) => remote.run(steps)));
    return (Math.max(...spans.map(([, end]) => end)) - Math.min(...spans.map(([begin]) => begin))) / 1000;
  };

  return {
    async open(threads) {
      close(threads);
      const workers = Array.from(
        { length: threads },
        () => new Worker(new URL('./peak-worker.ts', import.meta.url), { type: 'module' }),
      );
      const remotes = workers.map((worker) => wrap<PeakWorker>(worker));
      crews.set(threads, { workers, remotes });
      const flops = await Promise.all(remotes.map((remote) => remote.open()));
      return flops.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
    },
    async calibrate(threads, targetMs) {
      await turn(threads, 1);
      for (let steps = 1; ; steps *= 2) {
        const ms = (await turn(threads, steps)) * 1000;
        if (ms >= targetMs / 4) return Math.max(1, Math.round((steps * targetMs) / ms));
      }
    },
    async time(threads, steps, repeats) {
      await turn(threads, steps);
      const seconds: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) seconds.push(await turn(threads, steps));
      return seconds;
    },
    close,
  };
}
