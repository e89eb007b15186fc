import type { TrainingWorkload, Workload } from '../contract';
import { batches, widths } from './growth';
import { mnistCnn } from './mnist-cnn';
import { mnistMlp } from './mnist-mlp';
import { planar } from './planar';
import { playground } from './playground';
import { products } from './products';
import { readings } from './reading';
import { wideMlp } from './wide-mlp';

/** The networks of the report, in its order. To add one: its file and its line here. */
export const trainings: readonly TrainingWorkload[] = [playground, planar, mnistMlp, mnistCnn, wideMlp];

/** Everything that a peer may be asked to open. */
const all: readonly Workload[] = [...trainings, ...products, ...widths, ...batches, ...readings];

export function workloadNamed(name: string): Workload {
  const found = all.find((workload) => workload.name === name);
  if (found === undefined) throw new Error(`There is no workload '${name}'.`);
  return found;
}
