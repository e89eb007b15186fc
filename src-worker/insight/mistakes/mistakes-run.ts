import { caught } from '../../caught';
import { noRun } from '../../no-run';
import { fail, succeed } from '../../problem';
import type { Run } from '../../run';
import type { MistakesApi } from './mistakes-types';
import { MistakesPass } from './mistakes-pass';

/** The calls of the trainer that look at the mistakes of its run. */
export function mistakesOf(runOf: () => Run | null): MistakesApi {
  let underway: MistakesPass | null = null;
  let finished: MistakesPass | null = null;
  return {
    startMistakes: (request) =>
      caught(() => {
        const run = runOf();
        if (run === null) return fail(noRun);
        if (finished?.isOf(run) === false) finished = null;
        underway = new MistakesPass(run, request);
        return succeed(null);
      }),

    continueMistakes: (ms) =>
      caught(() => {
        // A run that was replaced has left its memory: nothing of it may be asked any more.
        if (underway?.isOf(runOf()) !== true) return fail(noPass);
        const start = performance.now();
        if (underway.report === null) underway.advance(ms);
        const { done, total, report } = underway;
        if (report !== null) finished = underway;
        return succeed({ done, total, report, ms: performance.now() - start });
      }),

    mistakenExamples: (request) =>
      caught(() => (finished?.isOf(runOf()) === true ? succeed(finished.examples(request)) : fail(noPass))),
  };
}

const noPass = {
  code: 'mistakes/none',
  message: 'The answers of this network have not been looked at yet.',
  hint: 'Wait for the pass over the examples.',
};
