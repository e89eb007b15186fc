import type { Prediction, Preprocessing } from '../api';
import { caughtLater } from '../caught';
import { readFile, readFolder, type FileData } from '../data/formats';
import type { DataServices } from '../data/services';
import type { CompiledNetwork } from '../engine';
import type { Engine } from '../engines';
import { decodeOutputs } from '../inference';
import { fail, succeed, type Problem } from '../problem';
import type { Run } from '../run';
import { modelInputs, type ModelInputs } from './model-inputs';
import { outputNames, predictionHeader, predictionLines } from './prediction-table';
import type { PredictingApi } from './predict-types';

/** Rows that go through the network at a time, so that memory does not grow with the file. */
const SLICE_ROWS = 256;
/** So long at most the worker answers nobody else. */
const BREATHE_MS = 20;
/** As many as the window shows. */
const PREVIEW_ROWS = 200;
/** Enough for a header and some lines. */
const HEAD_BYTES = 2 ** 16;

/** The calls of the trainer that answer the rows of a file. */
export function predictWith(engine: Engine, services: DataServices, runOf: () => Run | null): PredictingApi {
  return {
    async isToPredict(file) {
      const run = runOf();
      if (run === null || !/\.(csv|tsv|txt)$/i.test(file.name)) return false;
      const { features, target } = run.prepared.preprocessing;
      const columns = await headerOf(file);
      return (
        features.length > 0 &&
        features.every(({ column }) => columns.includes(column)) &&
        !columns.includes(target.name)
      );
    },

    predictFile: (files) =>
      caughtLater(async () => {
        const run = runOf();
        if (run === null) return fail(noNetwork);
        const { preprocessing } = run.prepared;
        const { network: spec, training } = run.experiment;
        const { step } = run.network;
        const weights = run.network.parameters();
        const inputs = await modelInputs(preprocessing, await read(files, services), services.loadCodec);
        // A network of its own: the one that trains has other weights with every piece of the file.
        const network = await engine.compile({
          network: spec,
          inputShape: preprocessing.inputShape,
          training: { ...training, batchSize: 1 },
        });
        try {
          network.setParameters(weights);
          const { first, lines, outputs } = await answerAll(network, inputs, preprocessing);
          const header = predictionHeader(preprocessing, outputs, inputs.names !== null);
          return succeed({
            name: nameOf(files),
            rows: inputs.rows,
            step,
            target: preprocessing.target.name,
            outputNames: outputNames(preprocessing, outputs),
            first,
            names: inputs.names?.slice(0, PREVIEW_ROWS) ?? null,
            csv: new TextEncoder().encode(`${header}${lines.join('')}`),
          });
        } finally {
          network.dispose();
        }
      }),
  };
}

interface Answers {
  readonly first: readonly Prediction[];
  /** Pieces of the CSV file. */
  readonly lines: readonly string[];
  readonly outputs: number;
}

async function answerAll(
  network: CompiledNetwork,
  inputs: ModelInputs,
  preprocessing: Preprocessing,
): Promise<Answers> {
  const first: Prediction[] = [];
  const lines: string[] = [];
  let since = performance.now();
  for (let from = 0; from < inputs.rows; from += SLICE_ROWS) {
    const rows = Math.min(SLICE_ROWS, inputs.rows - from);
    const answers = decodeOutputs(preprocessing, network.predict(inputs.slice(from, rows), rows), rows);
    first.push(...answers.slice(0, PREVIEW_ROWS - first.length));
    lines.push(predictionLines(preprocessing, answers, inputs.names?.slice(from, from + rows) ?? null));
    if (performance.now() - since < BREATHE_MS) continue;
    // Promises alone never let a message in, such as the one that trains on.
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = performance.now();
  }
  return { first, lines, outputs: first[0]?.outputs.length ?? 0 };
}

function read(files: readonly File[], services: DataServices): Promise<FileData> | FileData {
  const context = { ...services, sheet: null };
  const [first] = files;
  const folder = nameOf(files);
  return first === undefined || first.name !== folder ? readFolder(folder, files, context) : readFile(first, context);
}

/** The file, or the folder that the files are of. */
function nameOf(files: readonly File[]): string {
  return files[0]?.name.split('/')[0] ?? '';
}

/** Names of the columns of a text table; none where it is not one. */
async function headerOf(file: File): Promise<readonly string[]> {
  try {
    const text = await file.slice(0, HEAD_BYTES).text();
    const whole = file.size <= HEAD_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
    const read = await readFile(new File([whole], file.name));
    return read.kind === 'table' ? read.table.columns.map(({ name }) => name) : [];
  } catch {
    return []; // whoever loads it is told what is wrong with it
  }
}

const noNetwork: Problem = {
  code: 'predict/no-network',
  message: 'There is no network to answer with yet.',
  hint: 'Load data and build a network that can be trained, then predict.',
};
