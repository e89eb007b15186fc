import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { machineLine, type Machine } from './machine';
import type { WorkloadResult } from './measure';
import { growthReport, nameOf, oursIn, oursOver, peakOf, productReport, readingReport, shareOfPeak } from './report';
import type { SuiteName } from './suites';
import { formatSpeed, markdownTable } from './table';

const BEGIN = '<!-- bench: written by npm run bench -- --readme -->';
const END = '<!-- /bench -->';

export interface Measured {
  readonly machine: Machine;
  readonly rounds: number;
  readonly repeats: number;
  readonly suites: Readonly<Partial<Record<SuiteName, readonly WorkloadResult[]>>>;
}

/** The tables of README.md, as Markdown. */
export function readmeBlock({ machine, rounds, repeats, suites }: Measured): string {
  const { training = [], product = [], growth = [], reading = [] } = suites;
  return [
    `${rounds} interleaved rounds of ${repeats} repeats, ${machineLine(machine)}.`,
    ...section(training, () => [
      'Steps of training a second, median (best), and how many times as fast ours is; `~` where the spreads overlap.' +
        ' Layerlab takes one thread where a step is too small to share.',
      networksTable(training),
    ]),
    ...section(product, () => [
      'The plain product on the sizes of `mnist-mlp` and `wide-mlp`.',
      productReport(product.filter(({ workload }) => /64×784×128|128×1024×1024/.test(workload))),
    ]),
    ...section(growth, () => [growthReport(growth)]),
    ...section(reading, () => [readingReport(reading)]),
  ].join('\n\n');
}

/** Nothing is said of a suite that was not measured. */
function section(results: readonly WorkloadResult[], say: () => readonly string[]): readonly string[] {
  return results.length === 0 ? [] : say();
}

/** A line per peer and a column per network. */
export function networksTable(results: readonly WorkloadResult[]): string {
  const names = [...new Set(results.flatMap(({ peers, cannot }) => [...peers, ...cannot].map(({ peer }) => peer)))];
  const rows = names.map((name) => {
    const found = results.flatMap(({ peers }) => peers.filter(({ peer }) => peer === name));
    const widest = found.toSorted((a, b) => b.platform.threads - a.platform.threads)[0];
    return [widest === undefined ? name : nameOf(widest), ...results.map((result) => cell(result, name))];
  });
  const share = results.map((result) => {
    const ours = oursIn(result);
    return ours === undefined || peakOf(result) === null ? '' : shareOfPeak(result, ours.stepsPerSecond);
  });
  const header = ['', ...results.map(({ workload }) => `\`${workload}\``)];
  return markdownTable(header, [...rows, ['Layerlab, of the 128-bit FMA peak', ...share]], 1);
}

function cell(result: WorkloadResult, name: string): string {
  const peer = result.peers.find((candidate) => candidate.peer === name);
  if (peer === undefined) return result.cannot.some((other) => other.peer === name) ? 'cannot' : '';
  const { median, best } = peer.stepsPerSecond;
  const ratio = oursOver(result, peer);
  return `${formatSpeed(median)} (${formatSpeed(best)})${ratio === '' ? '' : ` ${ratio}`}`;
}

/** Puts the block between its marks in the text. @throws Error where the marks are missing */
export function replaceBlock(text: string, block: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`README.md has no place for the tables: the lines ${BEGIN} and ${END}.`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${block}\n\n${text.slice(end)}`;
}

/** Writes the tables into the file, formatted as the project formats. */
export async function writeReadme(file: string, measured: Measured): Promise<void> {
  const text = replaceBlock(await readFile(file, 'utf8'), readmeBlock(measured));
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
