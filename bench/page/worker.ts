import { expose } from 'comlink';
import type { Opened, Runner, Session, Workload } from '../contract';
import { pagePeers } from '../peers';
import { calibrate, losses, time } from '../stopwatch';
import { workloadNamed } from '../workloads';
import { initialWeights } from '../workloads/weights';

/** One peer in its own worker. The clock is the worker's: nothing is timed across a message. */
export type BenchWorker = Pick<Runner, 'losses' | 'calibrate' | 'time'> & {
  open(peer: string, workload: string): Promise<Opened>;
};

let opened: { session: Session; workload: Workload } | undefined;

function current(): { session: Session; workload: Workload } {
  if (opened === undefined) throw new Error('No workload is open.');
  return opened;
}

const now = () => performance.now();

const worker: BenchWorker = {
  async open(name, workloadName) {
    const load = pagePeers[name];
    if (load === undefined) throw new Error(`There is no peer '${name}'.`);
    const peer = await load();
    const workload = workloadNamed(workloadName);
    const session = await peer.open({ workload, data: workload.generate(), weights: initialWeights(workload) });
    opened = { session, workload };
    return { title: peer.title, about: session.about };
  },
  losses(steps) {
    const { session, workload } = current();
    return Promise.resolve(losses(session, workload.training.learningRate, steps));
  },
  calibrate(targetMs) {
    const { session, workload } = current();
    session.reset(workload.training.timingLearningRate);
    return Promise.resolve(calibrate(session, targetMs, now));
  },
  time(steps, repeats) {
    return Promise.resolve(time(current().session, steps, repeats, now).map((ms) => ms / 1000));
  },
};

expose(worker);
