import type { Workload } from './contract';
import { batches, widths } from './workloads/growth';
import { products } from './workloads/products';
import { readings } from './workloads/reading';
import { trainings } from './workloads';

/** Workloads that belong together: one part of the report. To add one: its line here and its table in report.ts. */
export interface Suite {
  readonly name: SuiteName;
  readonly summary: string;
  readonly workloads: readonly Workload[];
  /** Families of peers that take part; all of them otherwise. */
  readonly families?: readonly string[];
  /** About how long a repeat lasts: long enough that the clock's 5 µs and a garbage collection are small beside it. */
  readonly repeatMs: number;
}

export type SuiteName = 'training' | 'product' | 'growth' | 'reading';

/** Those that can be the fastest somewhere: the others would cost minutes and change no line of a table of the best. */
const FAST = ['layerlab', 'layerlab-1', 'tfjs-wasm-tuned', 'convnetjs', 'pytorch', 'numpy'];

/** Those that have networks. */
const TRAINERS = [
  ...['layerlab', 'layerlab-1', 'layerlab-node', 'tfjs-wasm', 'tfjs-wasm-tuned', 'tfjs-cpu', 'convnetjs'],
  ...['layerlab-reference', 'pytorch', 'numpy', 'scikit-learn'],
];

export const suites: readonly Suite[] = [
  {
    name: 'training',
    summary: 'training steps of five networks',
    workloads: trainings,
    families: TRAINERS,
    repeatMs: 120,
  },
  {
    name: 'product',
    summary: 'the plain matrix product, in GFLOP/s',
    workloads: products,
    families: ['layerlab', 'layerlab-1', 'tfjs-wasm', 'pytorch', 'numpy'],
    repeatMs: 25,
  },
  {
    name: 'growth',
    summary: 'how a step grows with the width and the batch',
    workloads: [...widths, ...batches],
    families: FAST,
    repeatMs: 30,
  },
  {
    name: 'reading',
    summary: 'files of numbers, from their bytes to memory',
    workloads: readings,
    families: ['layerlab', 'layerlab-node', 'papaparse', 'numpy', 'pandas'],
    repeatMs: 500,
  },
];
