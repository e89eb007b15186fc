import { dirname, join, resolve } from 'node:path';
import type { Experiment, FileSource, ModelSnapshot } from '../../src-worker/api';
import { parseExperiment, parseExperimentText } from '../../src-worker/experiment/parse';
import { sameValue } from '../../src-worker/experiment/same-value';
import { divideByRole } from '../../src-worker/experiment/file-roles';
import { ProblemError, type Outcome, type Problem } from '../../src-worker/problem';
import type { Project } from '../bridge';
import { decodeProject } from '../projects';
import type { Io } from './command';
import { readBytes, readDataFiles, toFile } from './files';

/** What the options of a command change in the document. */
export interface Overrides {
  readonly data: readonly string[];
  readonly testData: readonly string[];
  /** Of a workbook. */
  readonly sheet?: string | undefined;
  readonly epochs?: number | undefined;
  /** Of the weights and of the order; the split stays, so that runs of different seeds are judged on the same examples. */
  readonly seed?: number | undefined;
}

/** The option that gives files of a role. */
const OPTION = { data: '--data', test: '--test-data' } as const;

/** An experiment with the files that it is to run on. */
export interface OpenedExperiment {
  readonly experiment: Experiment;
  readonly files: readonly File[];
  readonly testFiles: readonly File[];
  /** Of a saved project: weights and place in the run. */
  readonly model: ModelSnapshot | null;
}

/**
 * Opens EXPERIMENT: a document's text or a saved project. Without `--data` its files are looked for in the project, then
 * beside it.
 * @throws ProblemError for a file that cannot be read, a bad document or project, a data file that is missing
 */
export async function openExperiment(path: string, given: Overrides, io: Io): Promise<OpenedExperiment> {
  const overrides = { ...given, ...divideData(given) };
  const bytes = await readBytes(path, io);
  const project = isZip(bytes) ? unwrap(await decodeProject(bytes, path)) : null;
  if (project !== null && given.seed === undefined && !isWhole(project)) throw new ProblemError(inTheMiddle(path));
  const document = project?.document ?? unwrap(parseExperimentText(new TextDecoder().decode(bytes), path));
  const experiment = unwrap(parseExperiment(override(document, overrides)));
  const model = project !== null && isWhole(project) ? project.model : null;
  const { source } = experiment.data;
  if (!('files' in source)) return { experiment, files: [], testFiles: [], model };
  const beside = (name: string): string => join(dirname(resolve(io.cwd(), path)), name);
  const find = async (paths: readonly string[], names: readonly string[], role: 'data' | 'test'): Promise<File[]> => {
    if (paths.length > 0) return readDataFiles(paths, io);
    const packed = project?.data.filter((file) => file.role === role) ?? [];
    if (packed.length > 0) return packed.map(({ name, bytes: content }) => toFile(name, content));
    return readDataFiles(names.map(beside), io, `Put it beside ${nameOf(path)}, or name it with ${OPTION[role]}.`);
  };
  return {
    experiment,
    files: await find(overrides.data, source.files, 'data'),
    testFiles: await find(overrides.testData, source.testFiles, 'test'),
    model,
  };
}

/** Of several files after `--data` alone, those whose names say so are for the test, as where they are dropped on the window. */
function divideData({ data, testData }: Overrides): Pick<Overrides, 'data' | 'testData'> {
  if (testData.length > 0) return { data, testData };
  const { main, test } = divideByRole(data, nameOf);
  return { data: main, testData: test };
}

/** Opens MODEL: a saved project with weights, and nothing less. */
export async function openProject(path: string, io: Io): Promise<Project & { readonly model: ModelSnapshot }> {
  const { model, ...project } = unwrap(await decodeProject(await readBytes(path, io), path));
  if (model !== null) return { ...project, model };
  throw new ProblemError({
    code: 'project/no-weights',
    message: `${nameOf(path)} holds no weights: its network could not be trained yet when it was saved.`,
    hint: 'Open it in the window and train it, or run “layerlab train” on it.',
    file: path,
  });
}

/** Weights of another document are not what a run of this one would go on from. */
const isWhole = ({ document, model }: Project): boolean => model === null || sameValue(model.experiment, document);

function inTheMiddle(path: string): Problem {
  return {
    code: 'project/in-the-middle',
    message: `${nameOf(path)} was saved in the middle of a change: its weights are not of the document that it holds.`,
    hint: 'Finish or undo the change in the window and save it, or train anew with --seed.',
    file: path,
  };
}

/** The value, or its problems thrown. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const [first, ...others] = outcome.problems;
  throw first === undefined ? new Error('a failure without a problem') : new ProblemError(first, ...others);
}

/** Also what is left of a project after its first byte; no document begins like that. */
function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && (bytes.length === 1 || bytes[1] === 0x4b);
}

/** Files given by option take the place of the source's; the names say where they come from, not where they lay. */
function override(experiment: Experiment, { data, testData, sheet, epochs, seed }: Overrides): Experiment {
  const { source } = experiment.data;
  const named: FileSource = 'files' in source ? source : { files: [], testFiles: [] };
  const files = data.length > 0 ? data.map(nameOf) : named.files;
  // The document's test file belongs to the document's data.
  const testFiles = testData.length > 0 ? testData.map(nameOf) : data.length > 0 ? [] : named.testFiles;
  const replaced = data.length > 0 || testData.length > 0 || (sheet !== undefined && !('sample' in source));
  return {
    ...experiment,
    data: {
      ...experiment.data,
      source: replaced ? { ...named, files, testFiles, ...(sheet === undefined ? {} : { sheet }) } : source,
    },
    network: { ...experiment.network, ...(seed === undefined ? {} : { seed }) },
    training: {
      ...experiment.training,
      ...(epochs === undefined ? {} : { epochs }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
