import { readFile, readFolder } from '../../src-worker/data/formats';
import { decodeOutputs } from '../../src-worker/inference';
import { modelInputs } from '../../src-worker/predict/model-inputs';
import { predictionHeader, predictionLines } from '../../src-worker/predict/prediction-table';
import type { Prediction, Preprocessing } from '../../src-worker/api';
import { readArguments, readOneOf, refuse } from './arguments';
import type { Command } from './command';
import { dataServices } from './data-services';
import { BACKENDS, createEngine } from './engines';
import { checkOutputs, readDataFiles, writeOutput } from './files';
import { openProject } from './open-experiment';

/** Rows that go through the network at a time, so that memory does not grow with the file. */
const SLICE_ROWS = 4096;

export const predict: Command = {
  name: 'predict',
  summary: 'Answer the rows of a file with a saved model.',
  usage: `Usage: layerlab predict MODEL --data F --out F.csv [--sheet NAME] [--backend B]

MODEL is a saved project. F is a table with the columns that it was trained on (the target may be missing), an IDX or NPY file
of images, an image (PNG, JPEG, WebP, GIF, BMP), or a folder or ZIP archive of such. The answers are written one per row: the class, or the number in the target's own units, then the network's outputs.

  --sheet NAME  the sheet of a workbook; without it, the first with a table
  --backend B   wasm (float32; default) or reference (float64)
`,

  async run(args, io) {
    const { positionals, value } = readArguments('predict', args, ['MODEL'], {
      data: { type: 'string' },
      out: { type: 'string' },
      sheet: { type: 'string' },
      backend: { type: 'string' },
    });
    const [data, out] = [value('data'), value('out')];
    if (data === undefined) throw refuse('predict', '--data is missing: name the file with the rows to answer.');
    if (out === undefined) throw refuse('predict', '--out is missing: name a file that ends in .csv.');
    const backend = readOneOf('predict', 'backend', value('backend'), BACKENDS) ?? 'wasm';
    await checkOutputs([out], io);

    const { model } = await openProject(positionals[0]!, io);
    const { experiment, preprocessing, state } = model;
    const context = { ...dataServices, sheet: value('sheet') ?? null };
    const files = await readDataFiles([data], io);
    const [folder, inside] = files[0]!.name.split('/', 2);
    const read = inside === undefined ? await readFile(files[0]!, context) : readFolder(folder!, files, context);
    const inputs = await modelInputs(preprocessing, read, dataServices.loadCodec);
    const { inputShape } = preprocessing;
    const { network: spec, training } = experiment;
    const network = await createEngine(backend).compile({ network: spec, training, inputShape });
    try {
      network.setParameters(state.parameters);
      const predictions: Prediction[] = [];
      for (let from = 0; from < inputs.rows; from += SLICE_ROWS) {
        const rows = Math.min(SLICE_ROWS, inputs.rows - from);
        const yHat = network.predict(inputs.slice(from, rows), rows);
        predictions.push(...decodeOutputs(preprocessing, yHat, rows));
      }
      const header = predictionHeader(preprocessing, predictions[0]?.outputs.length ?? 0, inputs.names !== null);
      const table = `${header}${predictionLines(preprocessing, predictions, inputs.names)}`;
      await writeOutput(out, new TextEncoder().encode(table), io);
      io.stdout.write(`${out}: ${describe(preprocessing, predictions)}\n`);
      return 0;
    } finally {
      network.dispose();
    }
  },
};

function describe({ target }: Preprocessing, predictions: readonly Prediction[]): string {
  return `${predictions.length.toLocaleString('en')} predictions of ${target.name}`;
}
