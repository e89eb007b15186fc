import type {
  Cannot,
  Peer,
  ProductSession,
  ReadingSession,
  ReadingWorkload,
  Session,
  TrainingSession,
  TrainingWorkload,
  Workload,
} from './contract';
import { factorsOf, samplesOf } from './workloads/products';
import { comparedPlaces } from './workloads/reading';
import { initialWeights } from './workloads/weights';

/** Opens a workload of any kind in a peer, on up to `threads` threads. */
export async function openSession(peer: Peer, workload: Workload, threads: number): Promise<Session | Cannot> {
  if (workload.kind === 'product') {
    if (peer.multiply === undefined) return { cannot: 'it offers no product of its own' };
    const session = await peer.multiply({ workload, ...factorsOf(workload), threads });
    return 'cannot' in session ? session : productSession(session, samplesOf(workload));
  }
  if (workload.kind === 'reading') {
    if (peer.read === undefined) return { cannot: 'it reads no files' };
    const session = await peer.read({ workload, bytes: await workload.generate() });
    return 'cannot' in session ? session : readingSession(session, workload);
  }
  if (peer.train === undefined) return { cannot: 'it trains no networks' };
  const weights = initialWeights(workload);
  const session = await peer.train({ workload, data: workload.generate(), weights, threads });
  return 'cannot' in session ? session : trainingSession(session, workload);
}

/** A network computes at once. */
interface TrainingProof extends Session {
  prove(): number[];
}

/** Proves itself by the losses after the checked steps at the real learning rate; is timed at the small one. */
export function trainingSession(
  session: TrainingSession,
  { training, checkedSteps }: Pick<TrainingWorkload, 'training' | 'checkedSteps'>,
): TrainingProof {
  return {
    platform: session.platform,
    prove() {
      session.reset(training.learningRate);
      let done = 0;
      return checkedSteps.map((steps) => {
        session.run(steps - done);
        done = steps;
        return session.loss();
      });
    },
    begin: () => session.reset(training.timingLearningRate),
    run: (steps) => session.run(steps),
  };
}

/** Proves itself by some numbers of its result. */
export function productSession(session: ProductSession, samples: readonly number[]): Session {
  return {
    platform: session.platform,
    prove() {
      session.run(1);
      const result = session.result();
      return samples.map((index) => result[index] ?? NaN);
    },
    begin: () => undefined,
    run: (times) => session.run(times),
  };
}

/** Proves itself by some numbers of the file, the first and the last among them. */
export function readingSession(session: ReadingSession, workload: ReadingWorkload): Session {
  return {
    platform: session.platform,
    async prove() {
      await session.run(1);
      return comparedPlaces(workload).map(([row, column]) => session.valueAt(row, column));
    },
    begin: () => undefined,
    run: (times) => session.run(times),
  };
}
