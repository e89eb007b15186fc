import type { PeerResult, WorkloadResult } from './measure';
import { OURS } from './roster';
import { compareSpeeds, type Speed } from './statistics';
import type { SuiteName } from './suites';
import { formatRatio, formatSeconds, formatShare, formatSpeed, markdownTable } from './table';

const threadsOf = (threads: number) => `${threads} thread${threads === 1 ? '' : 's'}`;

/** `Layerlab, 2 threads`. */
export const nameOf = ({ title, platform }: PeerResult) => `${title}, ${threadsOf(platform.threads)}`;

export const oursIn = ({ peers }: WorkloadResult) => peers.find(({ peer }) => peer === OURS);

const flopsPerSecond = ({ flopsPerStep }: WorkloadResult, speed: Speed) => flopsPerStep * speed.median;

/** The most that the machine can do on 128-bit lanes, with all of the threads that were measured; null where unknown. */
export function peakOf({ peaks }: WorkloadResult): number | null {
  return peaks.length === 0 ? null : Math.max(...peaks.map(({ flopsPerSecond: { median } }) => median));
}

export function shareOfPeak(result: WorkloadResult, speed: Speed): string {
  const peak = peakOf(result);
  return peak === null ? '' : formatShare(flopsPerSecond(result, speed) / peak);
}

export const gigaflops = (result: WorkloadResult, speed: Speed) => formatSpeed(flopsPerSecond(result, speed) / 1e9);

/** `12.3 ×`; empty for ourselves. */
export function oursOver(result: WorkloadResult, peer: PeerResult): string {
  const ours = oursIn(result);
  if (ours === undefined || ours === peer) return '';
  return formatRatio(compareSpeeds(ours.stepsPerSecond, peer.stepsPerSecond));
}

/** The fastest that is not ours. */
export function bestPeer({ peers }: WorkloadResult): PeerResult | undefined {
  return peers
    .filter(({ peer }) => !peer.startsWith('layerlab'))
    .toSorted((a, b) => b.stepsPerSecond.median - a.stepsPerSecond.median)[0];
}

/** One network: a line per peer, ourselves first. */
export function trainingReport(result: WorkloadResult): string {
  const last = result.proves.length - 1;
  const header = [
    ...['peer', 'runs on', 'steps/s, median (best)', 'slowest', 'ours ÷ peer', 'GFLOP/s', 'of the peak'],
    result.proves[last] ?? '',
  ];
  const rows = result.peers.map((peer) => {
    const { stepsPerSecond: speed, platform, proof, title } = peer;
    return [
      title,
      `${platform.about}, ${threadsOf(platform.threads)}`,
      `${formatSpeed(speed.median)} (${formatSpeed(speed.best)})`,
      formatSpeed(speed.worst),
      oursOver(result, peer),
      gigaflops(result, speed),
      shareOfPeak(result, speed),
      (proof[last] ?? NaN).toPrecision(6),
    ];
  });
  return [
    `${result.workload}: ${result.title}`,
    '',
    markdownTable(header, rows, 2),
    '',
    ...result.cannot.map(({ peer, cannot }) => `${peer} cannot: ${cannot}.`),
    ...peakLines(result),
  ].join('\n');
}

function peakLines({ peaks }: WorkloadResult): string[] {
  if (peaks.length === 0) return ['This browser has no fused multiply-add for WebAssembly: no peak to compare with.'];
  const each = peaks.map(
    ({ threads, flopsPerSecond: { median, best } }) =>
      `${threadsOf(threads)} ${formatSpeed(median / 1e9)} (${formatSpeed(best / 1e9)})`,
  );
  return [`128-bit FMA peak in GFLOP/s, median (best): ${each.join(', ')}.`];
}

/** The plain products: a line per size and variant, a column per peer. */
export function productReport(results: readonly WorkloadResult[]): string {
  const peers = [...new Map(results.flatMap((result) => result.peers.map((peer) => [peer.peer, nameOf(peer)])))];
  const rows = results.map((result) => {
    const speedOf = (name: string) => result.peers.find(({ peer }) => peer === name)?.stepsPerSecond;
    const ours = oursIn(result);
    return [
      result.workload,
      ...peers.map(([name]) => {
        const speed = speedOf(name);
        return speed === undefined ? '' : gigaflops(result, speed);
      }),
      ours === undefined ? '' : shareOfPeak(result, ours.stepsPerSecond),
    ];
  });
  return [
    'GFLOP/s, median, of C = A·B (NN), A·Bᵀ (NT) and Aᵀ·B (TN), sizes m × k × n',
    '',
    markdownTable(['product', ...peers.map(([, name]) => name), 'ours, of the peak'], rows, 1),
  ].join('\n');
}

/** How a step grows: ours and the fastest peer of each line. */
export function growthReport(results: readonly WorkloadResult[]): string {
  const header = ['network', 'ours, a step', 'GFLOP/s', 'of the peak', 'best peer', 'its step', 'ours ÷ peer'];
  const rows = results.map((result) => {
    const ours = oursIn(result);
    const best = bestPeer(result);
    return [
      result.title.replace(/, cross-entropy, SGD/, ''),
      ours === undefined ? '' : formatSeconds(1 / ours.stepsPerSecond.median),
      ours === undefined ? '' : gigaflops(result, ours.stepsPerSecond),
      ours === undefined ? '' : shareOfPeak(result, ours.stepsPerSecond),
      best === undefined ? '' : nameOf(best),
      best === undefined ? '' : formatSeconds(1 / best.stepsPerSecond.median),
      best === undefined ? '' : oursOver(result, best),
    ];
  });
  return ['How a step grows, median', '', markdownTable(header, rows, 1)].join('\n');
}

/** Files: a line per file, a column per peer. */
export function readingReport(results: readonly WorkloadResult[]): string {
  const peers = [...new Map(results.flatMap((result) => result.peers.map((peer) => [peer.peer, peer.title])))];
  const rows = results.map((result) => [
    result.title,
    ...peers.map(([name]) => {
      const peer = result.peers.find((candidate) => candidate.peer === name);
      if (peer === undefined) return 'cannot';
      return `${formatSeconds(1 / peer.stepsPerSecond.median)} ${oursOver(result, peer)}`.trim();
    }),
  ]);
  return [
    'A file from its bytes to numbers in memory, median, and how many times as fast ours is in the browser',
    '',
    markdownTable(['file', ...peers.map(([, title]) => title)], rows, 1),
  ].join('\n');
}

/** A suite's part of the report. */
export const suiteReports: Readonly<Record<SuiteName, (results: readonly WorkloadResult[]) => string>> = {
  training: (results) => results.map(trainingReport).join('\n\n'),
  product: productReport,
  growth: growthReport,
  reading: readingReport,
};
