import type { BuildInfo, DataSummary, Experiment, RunState, TrainerApi } from './api';
import { batchesPerEpoch } from './batches';
import { carryOver, type CarryReport, type CarryTarget, type Moment } from './carry-over';
import { createCatalog } from './catalog';
import { caught, caughtLater } from './caught';
import { compileExperiment } from './compile-experiment';
import { browseWith } from './browse';
import { loadData, LoadWatch, prepare } from './data';
import type { LoadedData } from './data/loaded';
import type { PreparedData } from './data/prepared';
import { NO_SERVICES } from './data/services';
import type { Engine } from './engines';
import type { DataSpec } from './experiment/document';
import { parseDataSpec, parseExperiment } from './experiment/parse';
import { sameValue } from './experiment/same-value';
import { suggestExperiment } from './experiment/suggest';
import { boundaryWith } from './insight/boundary';
import { findAilment, gatherEvidence } from './insight/doctor';
import { probeWith } from './insight/probe';
import { residualsOf } from './insight/residuals';
import { findRatesWith } from './insight/rate-finder';
import { gradientChecksOf } from './insight/gradient-check/check-run';
import { mistakesOf } from './insight/mistakes/mistakes-run';
import { traceStep } from './insight/step-trace';
import { lookWith } from './insight/views';
import { timeStep } from './insight/timing/step-timing';
import { inspectExperiment, noData, otherData } from './inspection';
import { noRun } from './no-run';
import { decodeOutputs, encodeRows } from './inference';
import { parametersOf, setParameter } from './parameter-edit';
import { fail, ProblemError, succeed, type Outcome, type Problem } from './problem';
import { predictWith } from './predict/predict-file';
import { proveWith } from './proof';
import { sweepWith } from './sweep';
import { trainingDataOf } from './training-data';
import { Run } from './run';

/** The data of the session: what was read, and what became of it under `spec`. */
interface Session {
  readonly loaded: LoadedData;
  readonly spec: DataSpec;
  readonly prepared: PreparedData;
}

/**
 * A training session behind {@link TrainerApi}: it holds the data and one run. Nothing is thrown across: every failure comes
 * back as problems and leaves data and run as they were.
 */
export function createTrainer(engine: Engine, services = NO_SERVICES): TrainerApi {
  let session: Session | null = null;
  let run: Run | null = null;
  let watching: LoadWatch | null = null;
  let builds = 0;

  const adopt = (loaded: LoadedData, spec: DataSpec): Outcome<DataSummary> => {
    const checked = parseDataSpec(spec);
    if (!checked.ok) return checked;
    const prepared = prepare(loaded, checked.value);
    if (!prepared.ok) return prepared;
    session = { loaded, spec: checked.value, prepared: prepared.value };
    return succeed(prepared.value.summary);
  };

  const build = async (
    experiment: Experiment,
    stateFor: (target: CarryTarget) => RunState | undefined,
  ): Promise<Outcome<BuildInfo>> => {
    const number = ++builds;
    const checked = parseExperiment(experiment);
    if (!checked.ok) return checked;
    if (session === null) return fail(noData);
    const { prepared, spec } = session;
    if (!sameValue(spec, checked.value.data)) return fail(otherData);
    const made = await compileExperiment(checked.value, prepared, engine);
    if (!made.ok) return made;
    const { network: compiled, inspection } = made.value;
    try {
      // Two builds may be under way when a person edits quickly: the last one asked for is the one that counts.
      if (number !== builds) throw new ProblemError(superseded);
      const resume = stateFor(targetOf(checked.value, prepared));
      const next = new Run(compiled, checked.value, inspection.outputs, prepared, resume);
      run?.dispose();
      run = next;
      return succeed(next.buildInfo(inspection.parameters, engine.simd()));
    } catch (error) {
      compiled.dispose();
      throw error;
    }
  };

  const withRun = <T>(use: (run: Run) => Outcome<T>): Outcome<T> =>
    caught(() => (run === null ? fail(noRun) : use(run)));

  const preparedData = (): PreparedData | null => session?.prepared ?? null;
  const browse = browseWith(preparedData, () => run);

  return {
    catalog: createCatalog,
    ...browse,
    ...boundaryWith(preparedData, withRun),
    ...predictWith(engine, services, () => run),
    ...lookWith(withRun),
    ...probeWith(preparedData, withRun, services),
    ...findRatesWith(engine, () => run),
    ...gradientChecksOf(() => run),
    ...mistakesOf(() => run),
    ...sweepWith(engine, () => session),

    loadData: (spec, files, testFiles, tell) =>
      caughtLater(async () => {
        watching?.stop(superseded);
        const watch = new LoadWatch([...files, ...testFiles], tell);
        watching = watch;
        const checked = parseDataSpec(spec);
        if (!checked.ok) return checked;
        const loaded = await loadData(checked.value, files, testFiles, services, watch);
        // Whatever came of it: what was stopped is wanted no more.
        if (watch.stopped !== null) return fail(watch.stopped);
        if (!loaded.ok) return loaded;
        await watch.enter('preparing');
        return adopt(loaded.value, spec);
      }),

    cancelLoad: () => watching?.stop(cancelled),

    prepareData: (spec) => caught(() => (session === null ? fail(noData) : adopt(session.loaded, spec))),

    suggestExperiment: (name) =>
      caught(() =>
        session === null ? fail(noData) : succeed(suggestExperiment(session.prepared.summary, session.spec, name)),
      ),

    inspect: (experiment) => inspectExperiment(experiment, session?.prepared ?? null, engine),

    build: (experiment, resume) => caughtLater(() => build(experiment, () => resume)),

    moment: (curves = true) => withRun((current) => succeed(momentOf(current, curves))),

    carry: (experiment, request = {}) =>
      caughtLater(async () => {
        let report: CarryReport | null = null;
        const built = await build(experiment, (target) => {
          const from = request.from ?? (run === null ? null : momentOf(run));
          if (from === null) throw new ProblemError(noRun);
          const carried = carryOver(from, target, request.layers);
          report = carried.report;
          return carried.state;
        });
        return built.ok ? succeed({ info: built.value, report: report! }) : built;
      }),

    advance: (budget) => withRun((current) => succeed(current.advance(budget))),

    changeTraining: (training) =>
      withRun((current) => {
        const checked = parseExperiment({ ...current.experiment, training });
        return checked.ok ? current.changeTraining(checked.value.training) : checked;
      }),

    restoreBest: () => withRun((current) => current.restoreBest()),

    evaluate: () => withRun((current) => succeed(current.evaluate())),

    assess: (part) => withRun((current) => current.assess(part)),

    predict: (rows) =>
      withRun(({ network, prepared: { preprocessing } }) => {
        const x = encodeRows(preprocessing, rows);
        return succeed(decodeOutputs(preprocessing, network.predict(x, rows.length), rows.length));
      }),

    parameters: (names) => withRun(({ network }) => succeed(parametersOf(network, names))),

    setParameter: (edit) => withRun((current) => setParameter(current, edit)),

    traceStep: (request) => withRun((current) => succeed(traceStep(current, request))),

    timeStep: () => caughtLater(async () => (run === null ? fail(noRun) : timeStep(engine, run))),

    residuals: (request) => withRun((current) => residualsOf(current, request)),

    diagnose: () => withRun((current) => succeed(findAilment(gatherEvidence(current)))),

    snapshot: () =>
      withRun((current) =>
        succeed({
          experiment: current.experiment,
          preprocessing: current.prepared.preprocessing,
          state: current.state(),
        }),
      ),

    proofRows: (most) => withRun(({ network, prepared }) => proveWith(network, prepared, most)),

    trainingData: () => withRun((current) => succeed(trainingDataOf(current))),
  };
}

function momentOf(run: Run, curves = true): Moment {
  const state = run.state();
  return { ...describeData(run.experiment, run.prepared), state: curves ? state : { ...state, history: [] } };
}

function targetOf(experiment: Experiment, prepared: PreparedData): CarryTarget {
  const batches = batchesPerEpoch(prepared.summary.parts.train, experiment.training.batchSize);
  return { ...describeData(experiment, prepared), batchesPerEpoch: batches };
}

function describeData(experiment: Experiment, { summary, preprocessing }: PreparedData): Omit<Moment, 'state'> {
  const { featureNames, classes } = summary;
  return { experiment, inputShape: preprocessing.inputShape, featureNames, classes };
}

const cancelled: Problem = {
  code: 'data/cancelled',
  message: 'Loading was cancelled.',
  hint: 'Drop the files again to load them.',
};

const superseded: Problem = {
  code: 'trainer/superseded',
  message: 'A newer request came in while this one was under way.',
  hint: 'Nothing is to be done: the newer one counts.',
};
