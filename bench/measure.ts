import { disagreement, hasLearnt, type PeerLosses } from './agreement';
import type { Opened, Runner, Workload } from './contract';
import { speedOf, type Speed } from './statistics';

export interface MeasureOptions {
  readonly rounds: number;
  readonly repeats: number;
  /** About how long one repeat lasts. */
  readonly repeatMs: number;
  readonly report: (line: string) => void;
}

export interface PeerResult extends Opened {
  readonly peer: string;
  readonly losses: readonly number[];
  readonly stepsPerRepeat: number;
  readonly stepsPerSecond: Speed;
}

export interface WorkloadResult {
  readonly workload: string;
  readonly title: string;
  readonly checkedSteps: readonly number[];
  /** Ourselves first. */
  readonly peers: readonly PeerResult[];
}

/** The peers do not do the same work: their times may not be compared. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

interface Competitor extends Opened, PeerLosses {
  readonly runner: Runner;
}

/**
 * Opens the workload in every peer, compares their losses, then times them in interleaved rounds: what slows the machine
 * for a while slows all of them. Each round begins with the next peer, so that none always follows the same one.
 *
 * @throws DisagreementError before anything is timed
 */
export async function measure(
  workload: Workload,
  runners: readonly Runner[],
  options: MeasureOptions,
): Promise<WorkloadResult> {
  const competitors: Competitor[] = [];
  for (const runner of runners) {
    options.report(`${workload.name}: ${runner.peer} learns`);
    competitors.push(await learn(workload, runner));
  }
  checkLosses(workload, competitors);

  const seconds = new Map(competitors.map(({ peer }) => [peer, [] as number[]]));
  const steps = new Map<string, number>();
  for (const { peer, runner } of competitors) {
    options.report(`${workload.name}: ${peer} warms up`);
    steps.set(peer, await runner.calibrate(options.repeatMs));
  }
  for (let round = 0; round < options.rounds; round++) {
    const first = round % competitors.length;
    for (const { peer, runner } of [...competitors.slice(first), ...competitors.slice(0, first)]) {
      options.report(`${workload.name}: round ${round + 1} of ${options.rounds}, ${peer}`);
      seconds.get(peer)?.push(...(await runner.time(steps.get(peer) ?? 1, options.repeats)));
    }
  }
  for (const { runner } of competitors) await runner.close();

  const peers = competitors.map(({ peer, title, about, losses }) => {
    const stepsPerRepeat = steps.get(peer) ?? 1;
    const stepsPerSecond = speedOf(stepsPerRepeat, seconds.get(peer) ?? []);
    return { peer, title, about, losses, stepsPerRepeat, stepsPerSecond };
  });
  return { workload: workload.name, title: workload.title, checkedSteps: workload.checkedSteps, peers };
}

async function learn(workload: Workload, runner: Runner): Promise<Competitor> {
  try {
    const opened = await runner.open(workload.name);
    const losses = await runner.losses(workload.checkedSteps);
    return { ...opened, runner, peer: runner.peer, losses };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${runner.peer} failed on '${workload.name}', so nothing was timed. ${reason}`, { cause: error });
  }
}

function checkLosses(workload: Workload, competitors: readonly Competitor[]): void {
  const reason = disagreement(workload.checkedSteps, competitors);
  if (reason !== null) {
    throw new DisagreementError(
      `The peers do not do the same work on '${workload.name}', so nothing was timed. ${reason} ` +
        'One of them has a wrong gradient, update, order of batches or initial weight.',
    );
  }
  const idle = competitors.find((competitor) => !hasLearnt(competitor));
  if (idle !== undefined) {
    throw new DisagreementError(
      `On '${workload.name}' the loss of ${idle.peer} went from ${idle.losses[0]} to ${idle.losses.at(-1)}: nothing was ` +
        'learnt, so equal losses prove nothing and nothing was timed.',
    );
  }
}
