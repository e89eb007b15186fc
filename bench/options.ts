import { parseArgs } from 'node:util';
import { suites, type Suite } from './suites';
import { trainings } from './workloads';

export interface BenchOptions {
  /** What to measure: whole suites, or those with only the named workloads. */
  readonly suites: readonly Suite[];
  /** Networks to take apart, instruction by instruction, instead of measuring. */
  readonly profiles: readonly string[];
  /** Whether to measure the app in its window instead. */
  readonly window: boolean;
  /** Families of peers beside ourselves; null for all. */
  readonly peers: readonly string[] | null;
  /** The most threads that those peers get that can choose. */
  readonly threads: number;
  readonly json: string | null;
  /** Whether to put the tables into README.md. */
  readonly readme: boolean;
  readonly rounds: number;
  readonly repeats: number;
  /** How much shorter repeats are than they should be. */
  readonly haste: number;
  readonly help: boolean;
}

/** Fewer rounds or repeats than this say nothing on a noisy machine. */
const LEAST_ROUNDS = 3;
const LEAST_REPEATS = 5;
/** Enough to see that everything works: two repeats in three rounds, a quarter as long. */
const QUICK_REPEATS = 2;
const QUICK_HASTE = 4;

export const usage = `npm run bench -- [options]
  --suite NAME     ${suites.map(({ name, summary }) => `${name} (${summary})`).join(', ')}; may be given again; all of them otherwise
  --workload NAME  only this one: ${trainings.map(({ name }) => name).join(', ')}, or a line of another suite; may be given again
  --peer NAME      only these peers beside ourselves, such as pytorch; may be given again
  --threads N      threads for the peers that can choose (2 where there are as many cores)
  --profile NAME   where the time of a step of ours goes, instead of measuring: a network as for --workload; may be given again
  --window         the app in its window instead: its start, its answers while it trains, what each view costs
  --rounds N       interleaved rounds, at least ${LEAST_ROUNDS} (${LEAST_ROUNDS})
  --repeats N      repeats of each peer in a round, at least ${LEAST_REPEATS} (${LEAST_REPEATS})
  --quick          ${QUICK_REPEATS} short repeats a round: to see that all works, not to quote
  --json FILE      also write everything measured to FILE
  --readme         also put the tables into README.md, of whole suites at full length
Python peers come from every python3 of the path, or from those that the variable LAYERLAB_PYTHON names.`;

/** @throws Error with a sentence for the terminal */
export function readOptions(args: readonly string[], cores: number): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: { type: 'string', multiple: true },
      workload: { type: 'string', multiple: true },
      peer: { type: 'string', multiple: true },
      profile: { type: 'string', multiple: true, default: [] },
      threads: { type: 'string', default: String(Math.min(2, cores)) },
      window: { type: 'boolean', default: false },
      rounds: { type: 'string', default: String(LEAST_ROUNDS) },
      repeats: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      readme: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { quick, readme } = values;
  if (readme && (quick || values.workload))
    throw new Error('--readme takes whole suites at full length: leave out --workload and --quick.');
  if (quick && values.repeats !== undefined) throw new Error('--quick sets the repeats itself: leave out --repeats.');
  const repeats = values.repeats ?? String(LEAST_REPEATS);
  return {
    suites: choose(values.suite, values.workload),
    profiles: values.profile.map(expectTraining),
    window: values.window,
    peers: values.peer ?? null,
    threads: atLeast('--threads', values.threads, 1),
    json: values.json ?? null,
    readme,
    rounds: atLeast('--rounds', values.rounds, LEAST_ROUNDS),
    repeats: quick ? QUICK_REPEATS : atLeast('--repeats', repeats, LEAST_REPEATS),
    haste: quick ? QUICK_HASTE : 1,
    help: values.help,
  };
}

function choose(names: readonly string[] | undefined, workloads: readonly string[] | undefined): Suite[] {
  const unknown = names?.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined)
    throw new Error(`There is no suite '${unknown}'. Known: ${suites.map(({ name }) => name).join(', ')}.`);
  const chosen = suites.filter(({ name }) => names?.includes(name) ?? true);
  if (workloads === undefined) return chosen;
  const known = chosen.flatMap((suite) => suite.workloads.map(({ name }) => name));
  const missing = workloads.find((name) => !known.includes(name));
  if (missing !== undefined) throw new Error(`There is no workload '${missing}'. Known: ${known.join(', ')}.`);
  return chosen
    .map((suite) => ({ ...suite, workloads: suite.workloads.filter(({ name }) => workloads.includes(name)) }))
    .filter((suite) => suite.workloads.length > 0);
}

function expectTraining(name: string): string {
  if (trainings.some((training) => training.name === name)) return name;
  throw new Error(`There is no network '${name}'. Known: ${trainings.map((training) => training.name).join(', ')}.`);
}

function atLeast(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`${name} must be a whole number of at least ${least}, not '${text}'.`);
  return value;
}
