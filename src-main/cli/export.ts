import type { ModelSnapshot, TrainingData } from '../../src-worker/api';
import { createTrainer } from '../../src-worker/trainer';
import type { ExportProof } from '../bridge';
import { exportFormats } from '../export';
import { readArguments, refuse } from './arguments';
import type { Command, Io } from './command';
import { contentFor, encodeExport, parseExportRequest, readExportOptions } from './export-request';
import { checkOutputs, describeWritten, writeOutput } from './files';
import { dataServices } from './data-services';
import { createEngine } from './engines';
import { openExperiment, openProject, unwrap } from './open-experiment';

function optionsText(): string {
  const each = Object.values(exportFormats).flatMap(({ id, options }) =>
    options.map((field) => {
      const values = field.type === 'choice' ? field.options.map(({ value }) => value).join(' or ') : field.type;
      return `${id}.${field.name}=${values}`;
    }),
  );
  return each.join(', ');
}

const formats = Object.values(exportFormats)
  .map(({ id, purpose }) => `  ${id.padEnd(10)} ${purpose}`)
  .join('\n');

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a saved model in another format.',
  usage: `Usage: layerlab export MODEL FORMAT=PATH … [options]

MODEL is a saved project. Formats that can be read back are, before they are written, and the largest difference from the app's
own answers is told; generated code checks itself when it is run. A format of several files goes into a zip, or into a folder where PATH ends
in /; pytorch=model.py is one file with the weights inside, and pytorch=model.safetensors the weights alone.

  --set FORMAT.OPTION=VALUE…  options of a format: ${optionsText()}
  --force                     write weights that are not finite numbers, too

${formats}
`,

  async run(args, io) {
    const force = args.includes('--force');
    const given = args.filter((arg) => arg !== '--force');
    const end = given.findIndex((arg) => arg.startsWith('--'));
    const [model, ...texts] = end === -1 ? given : given.slice(0, end);
    const { list } = readArguments(
      'export',
      [...(model === undefined ? [] : [model]), ...(end === -1 ? [] : given.slice(end))],
      ['MODEL'],
      { set: { type: 'list' } },
    );
    if (texts.length === 0) throw refuse('export', 'FORMAT=PATH is missing.');
    const requests = texts.map((text) => parseExportRequest('export', text));
    const options = readExportOptions(list('set'));
    await checkOutputs(
      requests.map(({ path }) => path),
      io,
    );
    const project = await openProject(model ?? '', io);
    const takesData = requests.some(({ format }) => exportFormats[format].takesData);
    const data = takesData ? await readTrainingData(model ?? '', project.model, io) : null;
    for (const request of requests) {
      const encoded = await encodeExport(request, project.model, null, data, {
        options: options[request.format] ?? {},
        acceptNonFinite: force,
      });
      for (const { message } of encoded.warnings) io.stderr.write(`${message}\n`);
      const content = contentFor(request, encoded);
      await writeOutput(request.path, content, io);
      io.stdout.write(`${describeWritten(request.path, content)}${describeProof(encoded.proof)}\n`);
    }
    return 0;
  },
};

/** The data that the model was trained with: in the project, or beside it. */
async function readTrainingData(path: string, model: ModelSnapshot, io: Io): Promise<TrainingData> {
  const { experiment, files, testFiles } = await openExperiment(path, { data: [], testData: [] }, io);
  const trainer = createTrainer(createEngine('wasm', 1), dataServices);
  unwrap(await trainer.loadData(experiment.data, files, testFiles));
  unwrap(await trainer.build(experiment, model.state));
  return unwrap(trainer.trainingData());
}

function describeProof(proof: ExportProof): string {
  if (proof.kind !== 'reread') return '';
  const { rows, largestDifference } = proof;
  return `, read back: ${rows} rows within ${largestDifference.toPrecision(2)} of the app’s answers`;
}
