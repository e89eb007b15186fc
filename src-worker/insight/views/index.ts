import { succeed, type Outcome } from '../../problem';
import type { Run } from '../../run';
import { lookAtBatch } from './look-at-batch';
import { findExample, lookAtExample } from './look-at-example';
import { lookAtWeights } from './look-at-weights';
import { lookBackward } from './look-backward';
import { lookForward } from './look-forward';
import type { LookScene } from './look-scene';
import type { Look, LookApi } from './look-types';

/** The calls of the trainer that look inside its network. */
export function lookWith(withRun: <T>(use: (run: Run) => Outcome<T>) => Outcome<T>): LookApi {
  const timed =
    <T extends Look, R extends readonly unknown[]>(look: (scene: LookScene, ...request: R) => Omit<T, 'costMs'>) =>
    (...request: R): Outcome<T> =>
      withRun((run) => {
        const started = performance.now();
        const seen = look(run, ...request);
        return succeed({ ...seen, costMs: performance.now() - started } as T); // the two parts of one look
      });
  return {
    lookForward: timed(lookForward),
    lookBackward: timed(lookBackward),
    lookAtWeights: timed(lookAtWeights),
    lookAtExample: timed(lookAtExample),
    lookAtBatch: timed(lookAtBatch),
    findExample: (request) => withRun((run) => succeed(findExample(run, request))),
  };
}
