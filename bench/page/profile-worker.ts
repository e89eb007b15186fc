import { expose } from 'comlink';
import { loadKernelsInBrowser } from '../../src-worker/kernels/load-kernels-browser';
import { profile, type Profile } from '../profile/profile';
import { trainings } from '../workloads';
import { initialWeights } from '../workloads/weights';

/** Our engine, instruction by instruction. */
const worker = {
  async profile(name: string, threads: number, rounds: number): Promise<Profile> {
    const workload = trainings.find((training) => training.name === name);
    if (workload === undefined) throw new Error(`There is no network '${name}'.`);
    const start = { workload, data: workload.generate(), weights: initialWeights(workload), threads };
    return profile(start, await loadKernelsInBrowser(), rounds);
  },
};

export type ProfileWorker = typeof worker;

expose(worker);
