import { basename } from 'node:path';
import type { Experiment, ModelSnapshot, NamedTensor, RunState, Scaling, TrainerApi } from '../../src-worker/api';
import { adoptNetwork } from '../../src-worker/experiment/adopt-network';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { matchedParameters, matchWeights, type WeightMatch } from '../../src-worker/experiment/match-weights';
import { ProblemError } from '../../src-worker/problem';
import { createTrainer } from '../../src-worker/trainer';
import type { ImportedNetwork, ReadModel } from '../import/read-model';
import { encodeProject } from '../projects';
import { readArguments, readOneOf, refuse } from './arguments';
import type { Command, Io } from './command';
import { dataServices } from './data-services';
import { createEngine } from './engines';
import { checkOutputs, describeWritten, keepOlderOutput, readDataFiles, writeOutput } from './files';
import { describeModel } from './inspect';
import { openExperiment, unwrap } from './open-experiment';
import { readModelFiles } from './read-model-files';

const SCALINGS: readonly Scaling[] = ['standard', 'min-max', 'none'];

export const importCommand: Command = {
  name: 'import',
  summary: 'Make a project of a model that another program, or an export, wrote.',
  usage: `Usage: layerlab import MODEL [WEIGHTS…] [options] --save F.layerlab

MODEL is an ONNX, Keras, TensorFlow.js, safetensors or NPZ file, or weights that Layerlab wrote as JSON; WEIGHTS are the files in
which it keeps its weights. What Layerlab exported comes back whole. A network of another program needs --data, for which the
experiment is then made; arrays alone need the network that they belong to, --into.

  --save F.layerlab    where the project goes
  --data F…            data files that the network is to answer and to be trained on
  --test-data F…       separate test files
  --scaling S          how inputs are scaled: standard (default), min-max or none, as for the data that it was trained on
  --into EXPERIMENT    a document or project whose network takes the arrays, by name or else in order; says which goes where
  --map OUR=THEIRS…    where to take an array from, such as W1=fc.weight

Exit status: 0, 2 for bad arguments or input.
`,

  async run(args, io) {
    const files = leading(args);
    const { value, list } = readArguments('import', [...files.slice(0, 1), ...args.slice(files.length)], ['MODEL'], {
      ...{ data: { type: 'list' }, 'test-data': { type: 'list' }, scaling: { type: 'string' } },
      ...{ into: { type: 'string' }, map: { type: 'list' }, save: { type: 'string' } },
    });
    const save = value('save');
    if (save === undefined) throw refuse('import', '--save is missing: name a file that ends in .layerlab.');
    const scaling = readOneOf('import', 'scaling', value('scaling'), SCALINGS) ?? 'standard';
    await checkOutputs([save], io);
    const read = await readModelFiles(files, io);
    const into = value('into');
    const request = { data: list('data'), testData: list('test-data'), scaling };
    const model =
      into !== undefined
        ? await putInto(read, into, request, readMap(list('map')), io)
        : (read.model ?? (await aroundData(read, request, io)));
    for (const note of read.notes) io.stderr.write(`${note}\n`);
    const bytes = await encodeProject({ document: model.experiment, model, data: [] });
    await keepOlderOutput(save, io);
    await writeOutput(save, bytes, io);
    io.stdout.write(`${describeWritten(save, bytes)}, "${model.experiment.name}" after ${model.state.epoch} epochs\n`);
    return 0;
  },
};

interface DataRequest {
  readonly data: readonly string[];
  readonly testData: readonly string[];
  readonly scaling: Scaling;
}

/** A network of another program gets the experiment that the data suggest. */
async function aroundData(read: ReadModel, { data, testData, scaling }: DataRequest, io: Io): Promise<ModelSnapshot> {
  const { network, name } = read;
  if (network === null) throw cannot(read, io);
  if (data.length === 0)
    throw refuse('import', `--data is missing: ${name} does not hold the data that it was trained on.`);
  const [files, testFiles] = [await readDataFiles(data, io), await readDataFiles(testData, io)];
  const names = (all: readonly File[]): string[] => all.map((file) => file.name);
  const spec = { ...defaultDataSpec({ files: names(files), testFiles: names(testFiles) }), scaling };
  const trainer = createTrainer(createEngine('wasm'), dataServices);
  const summary = unwrap(await trainer.loadData(spec, files, testFiles));
  for (const warning of summary.warnings) io.stderr.write(`${warning.message} ${warning.hint}\n`);
  const suggested = unwrap(trainer.suggestExperiment(basename(name).replace(/\.\w+$/, '')));
  const { experiment, note } = adoptNetwork(suggested, network.spec);
  if (note !== null) io.stderr.write(`${note}\n`);
  io.stderr.write(`${name} does not say how its inputs were scaled: they are scaled here as --scaling ${scaling}.\n`);
  return build(trainer, experiment, network.parameters, network);
}

/** Arrays go into a network that is there. */
async function putInto(
  read: ReadModel,
  into: string,
  { data, testData }: DataRequest,
  map: Readonly<Record<string, string>>,
  io: Io,
): Promise<ModelSnapshot> {
  const { experiment, files, testFiles } = await openExperiment(into, { data, testData }, io);
  const trainer = createTrainer(createEngine('wasm'), dataServices);
  unwrap(await trainer.loadData(experiment.data, files, testFiles));
  const tensors =
    read.weights.length > 0 ? read.weights : (read.model?.state.parameters ?? read.network?.parameters ?? []);
  const { inputShape, ready, layers, problems } = trainer.inspect(experiment);
  const first = [...problems, ...layers.flatMap((layer) => layer.problems)][0];
  if (!ready && first !== undefined) throw new ProblemError(first);
  const matches = matchWeights(tensors, experiment.network, inputShape, map);
  io.stdout.write(matches.map(describeMatch).join(''));
  const parameters = matchedParameters(tensors, matches);
  const missing = matches.find(({ source }) => source === null);
  if (parameters === null || missing !== undefined) {
    throw new ProblemError({
      code: 'import/no-match',
      message: `No array of ${read.name} fits ${missing?.parameter} of ${missing?.layer}, [${missing?.shape.join(', ')}].`,
      hint: `Say which it is with --map ${missing?.parameter}=NAME, or give the network the shapes of the file: see "layerlab inspect".`,
      file: read.name,
    });
  }
  return build(trainer, experiment, parameters, null);
}

async function build(
  trainer: TrainerApi,
  experiment: Experiment,
  parameters: readonly NamedTensor[],
  network: ImportedNetwork | null,
): Promise<ModelSnapshot> {
  const inspection = trainer.inspect(experiment);
  const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  if (network !== null && size(inspection.inputShape) !== size(network.inputShape)) {
    throw new ProblemError({
      code: 'import/inputs',
      message: `The network takes [${network.inputShape.join(', ')}], but the data make [${inspection.inputShape.join(', ')}].`,
      hint: 'Give it the data that it was made for: as many columns, or images of that size.',
    });
  }
  const state: RunState = {
    parameters,
    optimizer: [],
    epoch: 0,
    step: 0,
    batchInEpoch: 0,
    status: 'ready',
    history: [],
  };
  unwrap(await trainer.build(experiment, state));
  return unwrap(trainer.snapshot());
}

function cannot(read: ReadModel, io: Io): ProblemError {
  io.stdout.write(describeModel(read));
  const [first, ...others] = read.problems;
  if (first !== undefined) return new ProblemError(first, ...others);
  return refuse('import', `--into is missing: ${read.name} holds arrays without a network.`);
}

function describeMatch({ parameter, layer, shape, source, by, transposed }: WeightMatch): string {
  const from = source === null ? 'nothing fits' : `← ${source}${transposed ? ', axes exchanged' : ''} (by ${by})`;
  return `  ${parameter.padEnd(8)} [${shape.join(', ')}] of ${layer} ${from}\n`;
}

/** Everything before the first option: the model and its files. */
function leading(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => arg.startsWith('--'));
  return first === -1 ? args : args.slice(0, first);
}

function readMap(texts: readonly string[]): Readonly<Record<string, string>> {
  const pairs = texts.map((text): [string, string] => {
    const at = text.indexOf('=');
    if (at <= 0) throw refuse('import', `--map takes OUR=THEIRS, such as W1=fc.weight, but is "${text}".`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}
