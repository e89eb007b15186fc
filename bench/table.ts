import type { WorkloadResult } from './measure';
import { compareSpeeds } from './statistics';

/** Three significant digits and thousands separators: more digits than that are noise. */
export function formatSpeed(stepsPerSecond: number): string {
  const rounded = Number(stepsPerSecond.toPrecision(3));
  return rounded >= 1000 ? rounded.toLocaleString('en-GB') : String(rounded);
}

/** `12.3 ×`, with a `~` in front where the spreads overlap. */
export function formatRatio({ ratio, certain }: { readonly ratio: number; readonly certain: boolean }): string {
  const digits = ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3);
  return `${certain ? '' : '~'}${digits} ×`;
}

/**
 * One workload as a Markdown table that is also readable on a terminal: a line per peer, ourselves first, with steps per
 * second and how many times as fast we are.
 */
export function workloadTable(result: WorkloadResult): string {
  const [ours] = result.peers;
  const header = [
    'peer',
    'runs on',
    'steps/s, median (best)',
    'slowest',
    'ours ÷ peer',
    `loss after ${result.checkedSteps.at(-1)} steps`,
  ];
  const rows = result.peers.map((peer) => {
    const { stepsPerSecond: speed } = peer;
    return [
      peer.title,
      peer.about,
      `${formatSpeed(speed.median)} (${formatSpeed(speed.best)})`,
      formatSpeed(speed.worst),
      ours === undefined || peer === ours ? '' : formatRatio(compareSpeeds(ours.stepsPerSecond, speed)),
      (peer.losses.at(-1) ?? NaN).toPrecision(6),
    ];
  });
  return [`${result.workload}: ${result.title}`, '', ...layOut(header, rows)].join('\n');
}

/** Markdown rows with aligned columns; numbers (from the third column on) to the right. */
function layOut(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (c < 2 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, c) => (c < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(header), rule, ...rows.map(line)];
}
