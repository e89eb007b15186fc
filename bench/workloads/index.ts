import type { Workload } from '../contract';
import { mnistMlp } from './mnist-mlp';
import { playground } from './playground';

/** Every workload, in the order of the report. To add one: its file and its line here. */
export const workloads: readonly Workload[] = [playground, mnistMlp];

export function workloadNamed(name: string): Workload {
  const found = workloads.find((workload) => workload.name === name);
  if (found === undefined) {
    throw new Error(`There is no workload '${name}'. Known: ${workloads.map((workload) => workload.name).join(', ')}.`);
  }
  return found;
}
