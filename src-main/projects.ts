import type { Experiment, ModelSnapshot, RunState } from '../src-worker/api';
import { VERSION } from '../src-worker/experiment/defaults';
import { versionOf } from '../src-worker/experiment/migrations';
import type { RawDocument } from '../src-worker/experiment/migrations/migration';
import { parseExperimentText } from '../src-worker/experiment/parse';
import { sameValue } from '../src-worker/experiment/same-value';
import { serializeExperiment } from '../src-worker/experiment/serialize';
import { fail, ProblemError, succeed, type Outcome, type Problem } from '../src-worker/problem';
import type { Project, ProjectFile } from './bridge';
import { recogniseOther } from './file-kinds';
import { checkModel } from './model-check';
import {
  dataName,
  dataPath,
  decodeHistory,
  decodePreprocessing,
  encodeHistory,
  encodePreprocessing,
  PART,
} from './project-parts';
import { decodeSafetensors, encodeSafetensors } from './safetensors';
import { readZip, writeZip, type ZipEntry } from './zip';

/**
 * A project as the bytes of a `.layerlab` file: a zip of the experiment, the weights, the optimizer's state, the curves with
 * the place in the run, the preprocessing and, where asked for, the data. Equal projects give equal bytes. A document that is not that of the
 * weights is there beside it, and one without weights alone.
 * @throws ProblemError if its parts do not belong together or it is too large to be opened again
 */
export async function encodeProject({ document, model, data }: Project): Promise<Uint8Array> {
  const [first, ...others] = [...(model === null ? [] : checkModel(model)), ...repeatedData(data)];
  if (first !== undefined) throw new ProblemError(first, ...others);
  const entries: ZipEntry[] = [
    documentEntry(PART.experiment, document),
    ...(model === null || sameValue(model.experiment, document) ? [] : [documentEntry(PART.trained, model.experiment)]),
    ...(model === null ? [] : modelEntries(model)),
    ...data.map((file) => ({ name: dataPath(file), bytes: file.bytes, compress: true })),
  ];
  return writeZip(entries, `${document.name}.layerlab`);
}

function documentEntry(name: string, document: Experiment): ZipEntry {
  return { name, bytes: new TextEncoder().encode(serializeExperiment(document)), compress: true };
}

function modelEntries({ preprocessing, state }: ModelSnapshot): readonly ZipEntry[] {
  return [
    { name: PART.preprocessing, bytes: encodePreprocessing(preprocessing), compress: true },
    { name: PART.history, bytes: encodeHistory(state), compress: true },
    { name: PART.weights, bytes: encodeSafetensors(state.parameters), compress: false },
    { name: PART.optimizer, bytes: encodeSafetensors(state.optimizer), compress: false },
    ...(state.best ? [{ name: PART.best, bytes: encodeSafetensors(state.best.parameters), compress: false }] : []),
  ];
}

/** A project, and of which version its file is. */
export interface DecodedProject {
  readonly project: Project;
  readonly version: number;
}

/**
 * Opens the bytes of a project. Nothing in them is run or fetched; what is not whole and consistent is refused.
 * @param name the file's name, for the problems
 */
export async function decodeProject(bytes: Uint8Array, name: string): Promise<Outcome<Project>> {
  const decoded = await decodeVersioned(bytes, name);
  return decoded.ok ? succeed(decoded.value.project) : decoded;
}

/** The same, with the version of the file. */
export async function decodeVersioned(bytes: Uint8Array, name: string): Promise<Outcome<DecodedProject>> {
  try {
    const other = recogniseOther(bytes, name);
    if (other !== null) return fail(other);
    return decodeParts(await readZip(bytes, name), name);
  } catch (error) {
    if (error instanceof ProblemError) return fail(...error.problems);
    throw error;
  }
}

/** Where one of these is, all that a model needs have to be. */
const MODEL_PARTS = [PART.trained, PART.history, PART.preprocessing, PART.weights, PART.optimizer, PART.best];

function decodeParts(parts: ReadonlyMap<string, Uint8Array>, file: string): Outcome<DecodedProject> {
  // The experiment first: its version decides whether the rest may be read at all.
  const text = new TextDecoder().decode(partOf(parts, PART.experiment, file));
  const document = parseExperimentText(text, file);
  if (!document.ok) return document;
  const model = MODEL_PARTS.some((part) => parts.has(part)) ? decodeModel(parts, document.value, file) : succeed(null);
  if (!model.ok) return model;
  const project = { document: document.value, model: model.value, data: collectData(parts, file) };
  // It has just been parsed.
  return succeed({ project, version: versionOf(JSON.parse(text) as RawDocument) ?? VERSION });
}

function decodeModel(
  parts: ReadonlyMap<string, Uint8Array>,
  document: Experiment,
  file: string,
): Outcome<ModelSnapshot> {
  const trained = parts.get(PART.trained);
  const experiment =
    trained === undefined ? succeed(document) : parseExperimentText(new TextDecoder().decode(trained), file);
  if (!experiment.ok) return experiment;
  const history = decodeHistory(partOf(parts, PART.history, file), file);
  if (!history.ok) return history;
  const preprocessing = decodePreprocessing(partOf(parts, PART.preprocessing, file), file);
  if (!preprocessing.ok) return preprocessing;
  const tensors = (part: string) => decodeSafetensors(partOf(parts, part, file), `${part} in ${file}`);
  const state: RunState = {
    ...history.value.position,
    parameters: tensors(PART.weights),
    optimizer: tensors(PART.optimizer),
    history: history.value.records,
    ...(history.value.best === null ? {} : { best: { ...history.value.best, parameters: tensors(PART.best) } }),
  };
  const model = { experiment: experiment.value, preprocessing: preprocessing.value, state };
  const misfits = checkModel(model);
  if (misfits.length > 0) return fail(...misfits.map((problem) => ({ ...problem, file })));
  return succeed(model);
}

function partOf(parts: ReadonlyMap<string, Uint8Array>, part: string, file: string): Uint8Array {
  const bytes = parts.get(part);
  if (bytes !== undefined) return bytes;
  throw new ProblemError({
    code: 'project/missing-part',
    message: `${file} is not a whole Layerlab project: it has no ${part}.`,
    hint: 'Choose a file that Layerlab saved.',
    file,
  });
}

function collectData(parts: ReadonlyMap<string, Uint8Array>, file: string): ProjectFile[] {
  const known: ReadonlySet<string> = new Set(Object.values(PART));
  return [...parts]
    .filter(([path]) => !known.has(path))
    .map(([path, bytes]) => {
      const named = dataName(path);
      if (named !== null) return { ...named, bytes };
      throw new ProblemError({
        code: 'project/unknown-part',
        message: `${file} holds “${path.slice(0, 100)}”, which no Layerlab project has.`,
        hint: 'Remove it from the archive, or choose a file that Layerlab saved.',
        file,
      });
    });
}

function repeatedData(data: readonly ProjectFile[]): readonly Problem[] {
  const seen = new Set<string>();
  return data.flatMap((file) => {
    const path = dataPath(file);
    if (!seen.has(path)) return (seen.add(path), []);
    return {
      code: 'project/data-twice',
      message: `Two data files are called ${file.name}.`,
      hint: 'Rename one of them and load the data again.',
      file: file.name,
    };
  });
}
