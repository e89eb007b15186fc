import { caught, caughtLater } from '../../caught';
import type { Engine } from '../../engines';
import { fail, ProblemError, succeed, type Problem } from '../../problem';
import type { Run } from '../../run';
import { RateSearch } from './rate-search';
import type { RateFinderApi, RateSearchRequest } from './rate-finder-types';

/** The calls of the trainer that look for a learning rate. */
export function findRatesWith(engine: Engine, runOf: () => Run | null): RateFinderApi {
  let search: RateSearch | null = null;
  let starts = 0;

  const end = () => {
    search?.dispose();
    search = null;
  };

  return {
    startRateSearch: (request) =>
      caughtLater(async () => {
        const number = ++starts;
        end();
        const run = runOf();
        if (run === null) return fail(noSearch);
        const started = await searchOf(engine, run, request);
        // Another one was asked for while this one's network was made: the last one counts.
        if (number !== starts) {
          started.dispose();
          return fail(noSearch);
        }
        search = started;
        return succeed(started.plan);
      }),

    advanceRateSearch: (ms) => caught(() => (search === null ? fail(noSearch) : succeed(search.advance(ms)))),

    endRateSearch: () => {
      starts++;
      end();
    },
  };
}

/** A second network as the run's is now, with the examples of its training part. */
async function searchOf(engine: Engine, run: Run, request: RateSearchRequest): Promise<RateSearch> {
  const { from, to } = request;
  if (!(from > 0 && to > from && Number.isFinite(to))) throw new ProblemError(badRange);
  const { experiment, prepared, outputs, walk } = run;
  const { network, training } = experiment;
  // Taken before anything is waited for: training may go on meanwhile.
  const parameters = run.network.parameters();
  const { step } = run.network;
  const { epoch } = walk;
  const copy = await engine.compile({ network, training, inputShape: prepared.preprocessing.inputShape });
  try {
    const examples = prepared.bindable('train', outputs, copy.precision, training.classWeights);
    if (examples === null) throw new ProblemError(noSearch);
    copy.bindExamples('train', examples);
    copy.setParameters(parameters);
    // What dropout draws is a function of it.
    copy.setStep(step);
    return new RateSearch(copy, training, examples.count, epoch + 1, request);
  } catch (error) {
    copy.dispose();
    throw error;
  }
}

const noSearch: Problem = {
  code: 'rate-search/none',
  message: 'There is no network to look for a learning rate with.',
  hint: 'Mend what stands in the way of training, then look again.',
};

const badRange: Problem = {
  code: 'rate-search/range',
  message: 'The rates must begin above 0 and rise.',
  hint: 'Choose a first rate above 0 and a last one above the first.',
};
