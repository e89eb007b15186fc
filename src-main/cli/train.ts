import type { Engine } from '../../src-worker/engines';
import { createTrainer } from '../../src-worker/trainer';
import type { ModelSnapshot, Progress, TrainerApi } from '../../src-worker/api';
import { PROOF_ROWS } from '../export/draw-proof';
import { encodeProject } from '../projects';
import { readArguments, readCount, readOneOf, refuse } from './arguments';
import type { Command, Io } from './command';
import { dataServices } from './data-services';
import { BACKENDS, createEngine } from './engines';
import { exportFormats } from '../export';
import { contentFor, encodeExport, parseExportRequest } from './export-request';
import { checkOutputs, keepOlderOutput, writeOutputs, type Output } from './files';
import { openExperiment, unwrap, type OpenedExperiment } from './open-experiment';
import { createFoldsReport, describeFold, describeFolds, MOST_FOLDS, withFold, type FoldsReport } from './folds';
import { createLoadView } from './load-progress';
import { createProgressView, describeMetrics } from './progress';
import { createReport, type Report } from './report';

/** How often the progress is told; training itself is not held up by it. */
const PULL_MS = 100;

export const train: Command = {
  name: 'train',
  summary: 'Train an experiment; report, save or export the result.',
  usage: `Usage: layerlab train EXPERIMENT [options]

EXPERIMENT is a document (docs/experiment-format.md) or a saved project. A project goes on where it was saved.

  --data F…            data files; without it, those that the document names, beside the document
  --test-data F…       separate test files
  --sheet NAME         the sheet of a workbook; without it, the document's, or the first with a table
  --epochs N           train until N epochs are done
  --seed N             seed of the first weights and of the order; a project starts anew with it. The split keeps its own
  --folds K            k-fold: train K times, each time with another K-th of the rows as dev part, and report mean and deviation
  --threads N          most threads to use; as many as the machine has, up to 8, where absent
  --backend B          wasm (float32, fast; default) or reference (float64, plain loops)
  --report F.json      write loss and metrics of every part, speed and curves
  --save F.layerlab    save the project
  --export FORMAT=PATH write the model in a format that "layerlab export --help" lists; may be repeated

Exit status: 0, 1 when training diverged, 2 for bad arguments or input.
`,

  async run(args, io) {
    const { positionals, value, list } = readArguments('train', args, ['EXPERIMENT'], {
      data: { type: 'list' },
      'test-data': { type: 'list' },
      sheet: { type: 'string' },
      epochs: { type: 'string' },
      folds: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      backend: { type: 'string' },
      report: { type: 'string' },
      save: { type: 'string' },
      export: { type: 'list' },
    });
    const seed = readCount('train', 'seed', value('seed'), 0);
    const epochs = readCount('train', 'epochs', value('epochs'), 1);
    const threads = readCount('train', 'threads', value('threads'), 1);
    const backend = readOneOf('train', 'backend', value('backend'), BACKENDS) ?? 'wasm';
    const exports = list('export').map((text) => parseExportRequest('train', text));
    const folds = readFolds(value('folds'), value('save') !== undefined || exports.length > 0);
    const { report: reportPath, save: savePath } = { report: value('report'), save: value('save') };
    await checkOutputs([reportPath, savePath, ...exports.map(({ path }) => path)], io);

    const overrides = { data: list('data'), testData: list('test-data'), sheet: value('sheet'), epochs, seed };
    const opened = await openExperiment(positionals[0]!, overrides, io);
    const engine = createEngine(backend, threads);
    if (folds !== null) return trainFolds(opened, folds, engine, reportPath, io);
    const trainer = createTrainer(engine, dataServices);
    const result = await trainToEnd(trainer, opened, seed !== undefined, io);
    if (result === null) return 1;
    const { report, snapshot } = result;
    const proof = unwrap(trainer.proofRows(PROOF_ROWS));
    const takesData = exports.some(({ format }) => exportFormats[format].takesData);
    const data = takesData ? unwrap(trainer.trainingData()) : null;
    summarize(report, io);
    const outputs: Output[] = exports.map((request) => ({
      path: request.path,
      encode: async () => contentFor(request, await encodeExport(request, snapshot, proof, data)),
    }));
    // The project first: the others can be made from it again.
    if (reportPath !== undefined) outputs.unshift({ path: reportPath, encode: () => encodeJson(report) });
    if (savePath !== undefined) {
      const project = { document: snapshot.experiment, model: snapshot, data: [] };
      outputs.unshift({
        path: savePath,
        encode: async () => {
          const bytes = await encodeProject(project);
          await keepOlderOutput(savePath, io);
          return bytes;
        },
      });
    }
    await writeOutputs(outputs, io);
    return 0;
  },
};

/** The runs are for judging the settings: there are K models, and none of them is the one to keep. */
function readFolds(given: string | undefined, keeps: boolean): number | null {
  const folds = readCount('train', 'folds', given, 2) ?? null;
  if (folds !== null && folds > MOST_FOLDS)
    throw refuse('train', `--folds must be at most ${MOST_FOLDS}, but is ${folds}.`);
  if (folds !== null && keeps)
    throw refuse('train', '--folds trains several models, so there is none to --save or --export.');
  return folds;
}

async function trainFolds(
  opened: OpenedExperiment,
  folds: number,
  engine: Engine,
  reportPath: string | undefined,
  io: Io,
): Promise<number> {
  const runs: Report[] = [];
  for (let fold = 1; fold <= folds; fold++) {
    const experiment = withFold(opened.experiment, folds, fold);
    const trainer = createTrainer(engine, dataServices);
    // Each fold begins anew, whatever a saved project had learned.
    const result = await trainToEnd(trainer, { ...opened, experiment, model: null }, true, io);
    if (result === null) return 1;
    runs.push(result.report);
    io.stdout.write(describeFold(result.report, fold, folds));
  }
  const report = createFoldsReport(runs);
  io.stdout.write(describeFolds(report));
  if (reportPath !== undefined) await writeOutputs([{ path: reportPath, encode: () => encodeJson(report) }], io);
  return 0;
}

/** @returns null when training diverged, which has been told */
async function trainToEnd(
  trainer: TrainerApi,
  { experiment, files, testFiles, model }: OpenedExperiment,
  afresh: boolean,
  io: Io,
): Promise<{ report: Report; snapshot: ModelSnapshot } | null> {
  const loading = createLoadView(io.stderr);
  const loaded = await trainer.loadData(experiment.data, files, testFiles, loading.update);
  loading.end();
  const summary = unwrap(loaded);
  const resume = model === null || afresh ? undefined : model.state;
  const { parameters, threads, backend } = unwrap(await trainer.build(experiment, resume));
  // Only now: where the network is refused, that is the one thing to say.
  for (const warning of summary.warnings) io.stderr.write(`${warning.message} ${warning.hint}\n`);
  const view = createProgressView(io.stderr);
  const started = performance.now();
  const first = unwrap(trainer.advance({ steps: 0 }));
  view.update(first, 0);
  let progress: Progress = first;
  while (progress.status === 'ready' || progress.status === 'training') {
    progress = unwrap(trainer.advance({ ms: PULL_MS }));
    view.update(progress, performance.now() - started);
    // Lets the terminal have what was written, and a signal arrive.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - started) / 1000;
  view.end();
  if (progress.problem !== null) {
    io.stderr.write(`layerlab train: ${progress.problem.message} ${progress.problem.hint} Nothing was written.\n`);
    return null;
  }
  const snapshot = unwrap(trainer.snapshot());
  const { epoch, step, history } = snapshot.state;
  const { batchSize } = experiment.training;
  const examplesAt = (epochs: number, batch: number): number => epochs * summary.parts.train + batch * batchSize;
  const report = createReport({
    ...{ parameters, threads, backend, seconds, history },
    stopped: progress.stopped ?? 'epochs',
    best: progress.best,
    epochs: epoch,
    steps: step,
    examples: examplesAt(epoch, 0) - examplesAt(first.epoch, first.batchInEpoch),
    assessments: {
      train: unwrap(trainer.assess('train')),
      dev: summary.parts.dev > 0 ? unwrap(trainer.assess('dev')) : null,
      test: summary.parts.test > 0 ? unwrap(trainer.assess('test')) : null,
    },
  });
  return { report, snapshot };
}

function summarize(
  { parameters, epochs, steps, seconds, examplesPerSecond, backend, ...report }: Report,
  io: Io,
): void {
  io.stdout.write(
    `${parameters.toLocaleString('en')} parameters, ${epochs} epochs, ${steps} steps in ${seconds.toFixed(1)} s ` +
      `(${Math.round(examplesPerSecond).toLocaleString('en')} examples/s, ${backend})\n`,
  );
  if (report.stopped === 'early' && report.best !== null) {
    io.stdout.write(`stopped early: the weights are those of epoch ${report.best.epoch}\n`);
  }
  for (const part of ['train', 'dev', 'test'] as const) {
    const metrics = report[part];
    if (metrics === null) continue;
    const { loss, accuracy = null, rmse = null } = metrics;
    io.stdout.write(`${part.padEnd(5)} ${describeMetrics({ loss, accuracy, rmse })}\n`);
  }
}

function encodeJson(report: Report | FoldsReport): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
}
