import { parseArgs } from 'node:util';
import { workloadNamed, workloads } from './workloads';
import type { Workload } from './contract';

export interface BenchOptions {
  readonly workloads: readonly Workload[];
  readonly peers: readonly string[] | null;
  readonly json: string | null;
  readonly rounds: number;
  readonly repeats: number;
  readonly help: boolean;
}

/** Fewer rounds or repeats than this say nothing on a noisy machine. */
const LEAST_ROUNDS = 3;
const LEAST_REPEATS = 5;

export const usage = `npm run bench -- [options]
  --workload NAME  one of ${workloads.map(({ name }) => name).join(', ')}; may be given again; all of them otherwise
  --peer NAME      only these peers beside ourselves; may be given again
  --rounds N       interleaved rounds, at least ${LEAST_ROUNDS} (${LEAST_ROUNDS})
  --repeats N      repeats of each peer in a round, at least ${LEAST_REPEATS} (${LEAST_REPEATS})
  --json FILE      also write everything measured to FILE`;

/** @throws Error with a sentence for the terminal */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workload: { type: 'string', multiple: true },
      peer: { type: 'string', multiple: true },
      rounds: { type: 'string', default: String(LEAST_ROUNDS) },
      repeats: { type: 'string', default: String(LEAST_REPEATS) },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    workloads: values.workload?.map(workloadNamed) ?? workloads,
    peers: values.peer ?? null,
    json: values.json ?? null,
    rounds: atLeast('--rounds', values.rounds, LEAST_ROUNDS),
    repeats: atLeast('--repeats', values.repeats, LEAST_REPEATS),
    help: values.help,
  };
}

function atLeast(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`${name} must be a whole number of at least ${least}, not '${text}'.`);
  return value;
}
