import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startBrowser } from './browser';
import { describeMachine, machineLine } from './machine';
import { measure, type WorkloadResult } from './measure';
import { readOptions, usage, type BenchOptions } from './options';
import { pagePeers } from './peers';
import { buildPage, serve } from './site';
import { compareSpeeds } from './statistics';
import { workloadTable } from './table';

/** Long enough that the clock's 5 µs and one garbage collection are small beside it, short enough for many repeats. */
const REPEAT_MS = 200;

const OURS = 'layerlab';

export interface Surroundings {
  readonly root: string;
  /** Path of an installed Chromium. */
  readonly browser: string;
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream;
}

/** `npm run bench`. Exit status: 0 measured, 1 the peers disagree or something failed, 2 bad arguments. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err } = surroundings;
  let options: BenchOptions;
  let peers: readonly string[];
  try {
    options = readOptions(args);
    peers = choosePeers(options);
    await expectWritable(options.json);
  } catch (error) {
    err.write(`${messageOf(error)}\n${usage}\n`);
    return 2;
  }
  if (options.help) {
    out.write(`${usage}\n`);
    return 0;
  }
  try {
    await run(options, peers, surroundings);
    return 0;
  } catch (error) {
    err.write(`${messageOf(error)}\n`);
    return 1;
  }
}

function choosePeers({ peers }: BenchOptions): readonly string[] {
  const known = Object.keys(pagePeers);
  const unknown = peers?.find((peer) => !known.includes(peer));
  if (unknown !== undefined) throw new Error(`There is no peer '${unknown}'. Known: ${known.join(', ')}.`);
  return known.filter((peer) => peer === OURS || (peers?.includes(peer) ?? true));
}

/** Before the minutes of measuring, not after. */
async function expectWritable(json: string | null): Promise<void> {
  if (json === null) return;
  await access(dirname(json), constants.W_OK).catch((error: unknown) => {
    throw new Error(`--json cannot write '${json}': its folder is missing or read-only.`, { cause: error });
  });
}

async function run(
  options: BenchOptions,
  peers: readonly string[],
  { root, browser, out, err }: Surroundings,
): Promise<void> {
  const progress = (line: string) => void err.write(`${line} …\n`);
  const site = await serve(await buildPage(root));
  try {
    const page = await startBrowser(browser, site.url);
    try {
      const machine = describeMachine(page.version);
      out.write(`${machineLine(machine)}\n${options.rounds} interleaved rounds of ${options.repeats} repeats\n`);
      const results: WorkloadResult[] = [];
      for (const workload of options.workloads) {
        const runners = peers.map((peer) => page.runner(peer));
        const result = await measure(workload, runners, { ...options, repeatMs: REPEAT_MS, report: progress });
        out.write(`\n${workloadTable(result)}\n`);
        results.push(result);
      }
      out.write('\n~ the spreads overlap: no verdict. How this is measured: bench/README.md\n');
      if (options.json !== null)
        await writeFile(options.json, `${JSON.stringify(report(machine, options, results), null, 2)}\n`);
    } finally {
      await page.close();
    }
  } finally {
    site.close();
  }
}

function report(machine: object, { rounds, repeats }: BenchOptions, results: readonly WorkloadResult[]): object {
  const workloads = results.map((result) => ({
    ...result,
    peers: result.peers.map((peer) => ({
      ...peer,
      ...(result.peers[0] === undefined
        ? {}
        : { oursOverPeer: compareSpeeds(result.peers[0].stepsPerSecond, peer.stepsPerSecond) }),
    })),
  }));
  return { machine, rounds, repeats, repeatMs: REPEAT_MS, workloads };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
