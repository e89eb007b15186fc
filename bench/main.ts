import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startBrowser, type BenchBrowser } from './browser';
import { describeMachine, machineLine } from './machine';
import { measure, type WorkloadResult } from './measure';
import { buildNodeWorker } from './node/runner';
import { readOptions, usage, type BenchOptions } from './options';
import { profileReport } from './profile/report';
import { findInterpreters } from './python/interpreters';
import { writeReadme, type Measured } from './readme';
import { suiteReports } from './report';
import { families, gather, OURS, type Roster } from './roster';
import { buildPage, serve } from './site';
import { compareSpeeds } from './statistics';
import type { Suite, SuiteName } from './suites';
import { measureWindow } from './window/window';

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
  try {
    options = readOptions(args, availableParallelism());
    expectKnown(options.peers ?? []);
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
    return (await run(options, surroundings)) ? 0 : 1;
  } catch (error) {
    err.write(`${messageOf(error)}\n`);
    return 1;
  }
}

function expectKnown(peers: readonly string[]): void {
  const unknown = peers.find((peer) => !families.includes(peer));
  if (unknown !== undefined) throw new Error(`There is no peer '${unknown}'. Known: ${families.join(', ')}.`);
}

/** Before the minutes of measuring, not after. */
async function expectWritable(json: string | null): Promise<void> {
  if (json === null) return;
  await access(dirname(json), constants.W_OK).catch((error: unknown) => {
    throw new Error(`--json cannot write '${json}': its folder is missing or read-only.`, { cause: error });
  });
}

/** Whether every workload was measured. */
async function run(options: BenchOptions, { root, browser, out, err }: Surroundings): Promise<boolean> {
  const scratch = await mkdtemp(join(tmpdir(), 'layerlab-bench-'));
  const site = await serve(await buildPage(root));
  try {
    const page = await startBrowser(browser, site.url);
    if (options.profiles.length > 0) {
      await takeApart(options, page, out).finally(() => page.close());
      return true;
    }
    if (options.window) {
      const report = (line: string): void => void err.write(`${line} …\n`);
      const { rounds, threads } = options;
      out.write(`${machineLine(describeMachine(page.version))}\n`);
      const words = await measureWindow(page, { root, browser, rounds, threads, report }).finally(() => page.close());
      out.write(`\n${words}\n`);
      return true;
    }
    const nodeScript = await buildNodeWorker(root);
    const interpreters = await findInterpreters(join(root, 'bench/python/probe.py'), process.env);
    const roster = gather({ page, root, nodeScript, scratch, interpreters }, options.threads);
    try {
      const machine = describeMachine(page.version);
      out.write(`${machineLine(machine)}\n${options.rounds} interleaved rounds of ${options.repeats} repeats\n`);
      for (const line of roster.missing) out.write(`Not here: ${line}.\n`);
      const failures: string[] = [];
      const measured: Partial<Record<SuiteName, WorkloadResult[]>> = {};
      for (const suite of options.suites) {
        const results = await runSuite(suite, options, page, roster, err, failures);
        measured[suite.name] = results;
        if (results.length > 0) out.write(`\n${suiteReports[suite.name](results)}\n`);
      }
      out.write('\n~ the spreads overlap: no verdict. How this is measured: bench/README.md\n');
      for (const failure of failures) err.write(`${failure}\n`);
      const { rounds, repeats } = options;
      await keep(options, root, { machine, rounds, repeats, suites: measured }, failures);
      return failures.length === 0;
    } finally {
      roster.end();
      await page.close();
    }
  } finally {
    site.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Rounds of a profile: a cut lasts some milliseconds. */
const PROFILE_ROUNDS = 25;

async function takeApart(
  { profiles, threads }: BenchOptions,
  page: BenchBrowser,
  out: NodeJS.WritableStream,
): Promise<void> {
  out.write(`${machineLine(describeMachine(page.version))}\n`);
  for (const workload of profiles) {
    const one = await page.profile(workload, 1, PROFILE_ROUNDS);
    const more = threads === 1 ? one : await page.profile(workload, threads, PROFILE_ROUNDS);
    // Where more threads do not pay, the engine uses one.
    out.write(`\n${profileReport(workload, more.threads === 1 ? [one] : [one, more])}\n`);
  }
}

/** The results of a suite; a workload that fails is a line among the failures and does not cost the others theirs. */
async function runSuite(
  suite: Suite,
  options: BenchOptions,
  page: BenchBrowser,
  { entrants }: Roster,
  err: NodeJS.WritableStream,
  failures: string[],
): Promise<WorkloadResult[]> {
  const runners = entrants
    .filter(({ family }) => suite.families?.includes(family) ?? true)
    .filter(({ family }) => family === OURS || (options.peers?.includes(family) ?? true))
    .map(({ runner }) => runner);
  const counts = options.threads === 1 ? [1] : [1, options.threads];
  const results: WorkloadResult[] = [];
  for (const workload of suite.workloads) {
    try {
      const peaks = await Promise.all(counts.map((threads) => page.peak(threads)));
      const result = await measure(
        workload,
        runners,
        peaks.filter((peak) => peak !== null),
        { ...options, repeatMs: suite.repeatMs / options.haste, report: (line) => void err.write(`${line} …\n`) },
      );
      results.push(result);
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  return results;
}

async function keep(
  options: BenchOptions,
  root: string,
  measured: Measured,
  failures: readonly string[],
): Promise<void> {
  if (options.json !== null)
    await writeFile(options.json, `${JSON.stringify({ ...withRatios(measured), failures }, null, 2)}\n`);
  if (options.readme && failures.length === 0) await writeReadme(join(root, 'README.md'), measured);
}

/** With every peer how many times as fast ours is. */
function withRatios({ suites, ...rest }: Measured): object {
  const withRatio = (result: WorkloadResult) => {
    const ours = result.peers.find(({ peer }) => peer === OURS);
    const ratio = (peer: WorkloadResult['peers'][number]) =>
      ours === undefined ? {} : { oursOverPeer: compareSpeeds(ours.stepsPerSecond, peer.stepsPerSecond) };
    return { ...result, peers: result.peers.map((peer) => ({ ...peer, ...ratio(peer) })) };
  };
  return {
    ...rest,
    suites: Object.fromEntries(Object.entries(suites).map(([name, results]) => [name, results.map(withRatio)])),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
