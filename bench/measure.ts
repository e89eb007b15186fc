import { disagreement, hasLearnt, type Proof } from './agreement';
import type { Cannot, Opened, Runner, Timed, Workload } from './contract';
import { flopsOf } from './flops';
import { speedOf, type Speed } from './statistics';
import { comparedPlaces } from './workloads/reading';

export interface MeasureOptions {
  readonly rounds: number;
  readonly repeats: number;
  /** About how long one repeat lasts. */
  readonly repeatMs: number;
  readonly report: (line: string) => void;
}

/** The multiply-adds that the machine can make, timed in the same rounds as the peers; a step makes `flops`. */
export interface PeakMeter extends Timed {
  readonly threads: number;
  readonly flops: number;
}

export interface PeerResult extends Opened {
  readonly peer: string;
  readonly proof: readonly number[];
  readonly stepsPerRepeat: number;
  readonly stepsPerSecond: Speed;
}

export interface PeakResult {
  readonly threads: number;
  readonly flopsPerSecond: Speed;
}

export interface WorkloadResult {
  readonly workload: string;
  readonly title: string;
  /** What the numbers of the proofs are. */
  readonly proves: readonly string[];
  readonly flopsPerStep: number;
  /** Ourselves first. */
  readonly peers: readonly PeerResult[];
  readonly cannot: readonly (Cannot & { readonly peer: string })[];
  readonly peaks: readonly PeakResult[];
}

/** The peers do not do the same work: their times may not be compared. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

interface Competitor extends Opened, Proof {
  readonly runner: Runner;
}

/** Each peer gives at least so many repeats, however slow it is. */
const LEAST_SAMPLES = 5;
/** A repeat that lasts longer than this many times the wanted one is of a slow peer: the least number of them must do. */
const SLOW = 4;

/**
 * Opens the workload in every peer, compares what they compute, then times them in interleaved rounds: what slows the
 * machine for a while slows all of them. Each round begins with the next peer, so that none always follows the same one.
 *
 * @throws DisagreementError before anything is timed
 */
export async function measure(
  workload: Workload,
  runners: readonly Runner[],
  peaks: readonly PeakMeter[],
  options: MeasureOptions,
): Promise<WorkloadResult> {
  const { report } = options;
  try {
    const competitors: Competitor[] = [];
    const cannot: WorkloadResult['cannot'][number][] = [];
    for (const runner of runners) {
      report(`${workload.name}: ${runner.peer} shows its work`);
      const opened = await show(workload, runner);
      if ('cannot' in opened) cannot.push({ peer: runner.peer, cannot: opened.cannot });
      else competitors.push(opened);
    }
    checkProofs(workload, competitors);

    const timed: Timed[] = [...competitors.map(({ runner }) => runner), ...peaks];
    const seconds = await timeAll(timed, options, (line) => report(`${workload.name}: ${line}`));
    const speeds = seconds.map(({ steps, samples }) => ({ stepsPerRepeat: steps, speed: speedOf(steps, samples) }));
    return {
      workload: workload.name,
      title: workload.title,
      proves: labelsOf(workload),
      flopsPerStep: flopsOf(workload),
      peers: competitors.map(({ peer, title, platform, proof }, i) => {
        const { stepsPerRepeat, speed } = speeds[i]!;
        return { peer, title, platform, proof, stepsPerRepeat, stepsPerSecond: speed };
      }),
      cannot,
      peaks: peaks.map(({ threads, flops }, i) => {
        const { samples } = speeds[competitors.length + i]!.speed;
        return {
          threads,
          flopsPerSecond: speedOf(
            flops,
            samples.map((perSecond) => 1 / perSecond),
          ),
        };
      }),
    };
  } finally {
    for (const one of [...runners, ...peaks]) await one.close();
  }
}

interface Timing {
  readonly steps: number;
  readonly samples: number[];
}

async function timeAll(
  timed: readonly Timed[],
  { rounds, repeats, repeatMs }: MeasureOptions,
  report: (line: string) => void,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const [i, one] of timed.entries()) {
    report(`warms up ${i + 1} of ${timed.length}`);
    timings.push({ steps: await one.calibrate(repeatMs), samples: [] });
  }
  for (let round = 0; round < rounds; round++) {
    report(`round ${round + 1} of ${rounds}`);
    for (let turn = 0; turn < timed.length; turn++) {
      const i = (round + turn) % timed.length;
      const { steps, samples } = timings[i]!;
      const slow = (samples[0] ?? 0) * 1000 > SLOW * repeatMs;
      const first = round === 0 && steps === 1 ? 1 : repeats;
      const count = slow ? Math.ceil((LEAST_SAMPLES - 1) / (rounds - 1)) : first;
      samples.push(...(await timed[i]!.time(steps, count)));
    }
  }
  return timings;
}

async function show(workload: Workload, runner: Runner): Promise<Competitor | Cannot> {
  try {
    const opened = await runner.open(workload.name);
    if ('cannot' in opened) return opened;
    return { ...opened, runner, peer: runner.peer, proof: await runner.prove() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${runner.peer} failed on '${workload.name}', so nothing was timed. ${reason}`, { cause: error });
  }
}

function labelsOf(workload: Workload): string[] {
  if (workload.kind === 'product') return Array.from({ length: 16 }, (_, i) => `sample ${i + 1} of C`);
  if (workload.kind === 'reading')
    return comparedPlaces(workload).map(([row, column]) => `number ${column} of row ${row}`);
  return workload.checkedSteps.map((steps) => `loss after ${steps} step${steps === 1 ? '' : 's'}`);
}

function checkProofs(workload: Workload, competitors: readonly Competitor[]): void {
  const reason = disagreement(labelsOf(workload), competitors);
  if (reason !== null) {
    throw new DisagreementError(
      `The peers do not do the same work on '${workload.name}', so nothing was timed. ${reason} ` +
        'One of them has a wrong product, gradient, update, order of batches or initial weight.',
    );
  }
  if (workload.kind !== 'training') return;
  const idle = competitors.find(({ proof }) => !hasLearnt(proof));
  if (idle !== undefined) {
    throw new DisagreementError(
      `On '${workload.name}' the loss of ${idle.peer} went from ${idle.proof[0]} to ${idle.proof.at(-1)}: nothing was ` +
        'learnt, so equal losses prove nothing and nothing was timed.',
    );
  }
}
