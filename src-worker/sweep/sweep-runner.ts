import { caught, caughtLater } from '../caught';
import { compileExperiment } from '../compile-experiment';
import type { TrainableData } from '../data/prepared';
import type { Engine } from '../engines';
import { parseExperiment } from '../experiment/parse';
import { fail, succeed, type Problem } from '../problem';
import { Run } from '../run';
import type { SweepWorkerApi } from './sweep-types';
import { unpackData } from './unpack-data';

/** A worker of a sweep, without its thread: it trains point after point on the same data. */
export function createSweepRunner(engine: Engine): SweepWorkerApi {
  let data: TrainableData | null = null;
  let run: Run<TrainableData> | null = null;

  return {
    takeData: (packed) => {
      data = unpackData(packed);
    },

    begin: (experiment) =>
      caughtLater(async () => {
        run?.dispose();
        run = null;
        if (data === null) return fail(noData);
        const checked = parseExperiment(experiment);
        if (!checked.ok) return checked;
        const compiled = await compileExperiment(checked.value, data, engine);
        if (!compiled.ok) return compiled;
        const { network, inspection } = compiled.value;
        try {
          run = new Run(network, checked.value, inspection.outputs, data);
        } catch (error) {
          network.dispose();
          throw error;
        }
        return succeed(null);
      }),

    advance: (ms) =>
      caught(() => {
        if (run === null) return fail(noRun);
        const progress = run.advance({ ms });
        return succeed({ progress, evaluations: progress.status === 'finished' ? run.evaluate() : null });
      }),
  };
}

const noData: Problem = {
  code: 'sweep/no-data',
  message: 'A worker of the sweep was given no data.',
  hint: 'Start the sweep again.',
};

const noRun: Problem = {
  code: 'sweep/no-run',
  message: 'A worker of the sweep has no network to train.',
  hint: 'Start the sweep again.',
};
