import { caught, caughtLater } from '../caught';
import type { PreparedData } from '../data/prepared';
import type { Engine } from '../engines';
import type { DataSpec } from '../experiment/document';
import { sameValue } from '../experiment/same-value';
import { inspectExperiment, noData, otherData, problemsOf } from '../inspection';
import { fail, succeed } from '../problem';
import { packData } from './pack-data';
import type { SweepApi } from './sweep-types';

/** The calls of the trainer that prepare a sweep; its workers train by themselves. */
export function sweepWith(
  engine: Engine,
  sessionOf: () => { readonly spec: DataSpec; readonly prepared: PreparedData } | null,
): SweepApi {
  return {
    inspectPoints: (experiments) =>
      caught(() => {
        const session = sessionOf();
        if (session === null) return fail(noData);
        const inspected = experiments.map((experiment) => {
          const inspection = inspectExperiment(experiment, session.prepared, engine);
          const { bytes = 0, beside = 0, examples = 0 } = inspection.memory ?? {};
          return { problems: problemsOf(inspection), bytes: bytes + beside, examples };
        });
        return succeed(inspected);
      }),

    sweepData: (spec) =>
      caughtLater(async () => {
        const session = sessionOf();
        if (session === null) return fail(noData);
        if (!sameValue(session.spec, spec)) return fail(otherData);
        return succeed(await packData(session.prepared, session.spec));
      }),
  };
}
