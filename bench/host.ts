import type { Cannot, Opened, Peer, Session } from './contract';
import { openSession } from './session';
import { calibrate, time } from './stopwatch';
import { workloadNamed } from './workloads';

/** What the driver calls in the place where one peer runs. The clock is that place's: nothing is timed across a message. */
export interface PeerHost {
  open(peer: string, workload: string, threads: number): Promise<Opened | Cannot>;
  prove(): Promise<number[]>;
  calibrate(targetMs: number): Promise<number>;
  time(steps: number, repeats: number): Promise<number[]>;
}

/** A host for one of these peers at a time. */
export function createHost(peers: Readonly<Record<string, () => Promise<Peer>>>): PeerHost {
  const now = () => performance.now();
  let opened: Session | undefined;
  const current = (): Session => {
    if (opened === undefined) throw new Error('No workload is open.');
    return opened;
  };
  return {
    async open(name, workloadName, threads) {
      const load = peers[name];
      if (load === undefined) throw new Error(`There is no peer '${name}'.`);
      const peer = await load();
      const session = await openSession(peer, workloadNamed(workloadName), threads);
      if ('cannot' in session) return session;
      opened = session;
      return { title: peer.title, platform: session.platform };
    },
    prove: async () => current().prove(),
    calibrate: (targetMs) => calibrate(current(), targetMs, now),
    time: async (steps, repeats) => (await time(current(), steps, repeats, now)).map((ms) => ms / 1000),
  };
}
