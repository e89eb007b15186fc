import type { Experiment, FileSource, SampleKind } from '../../src-worker/api';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { sourceName, sourceNames } from '../../src-worker/experiment/file-roles';
import { parseExperimentText } from '../../src-worker/experiment/parse';
import type { AppState } from './app.svelte';
import { DataState } from './data.svelte';
import { NO_FILES, type DataFiles } from './experiment.svelte';
import { openLessonFile } from '../lessons/open-lesson-file';
import { experimentName, sortFiles } from './file-names';
import { bytesOfFile, namesMatch } from './project-files';
import { importRun } from './run-import';
import { sampleEntry, sampleSource } from './samples';

/** What the window accepts, in the words of the overlay and of the file dialog. */
export const ACCEPTED =
  'tables (CSV, TSV, JSON, XLSX, Parquet), arrays and images (NPY, NPZ, IDX), folders of images (PNG, JPEG, WebP, GIF, BMP), ZIP archives of them, Layerlab projects, experiments, lessons and histories of runs, models (ONNX, Keras, TensorFlow.js, safetensors, NPZ)';

/**
 * Takes in dropped or chosen files: data becomes a new experiment, a project or an experiment is opened, a model is shown, rows
 * without a target are answered. Undo takes it back.
 */
export async function takeIn(app: AppState, files: readonly File[]): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  // Of a sample nobody has more rows: a table with columns of its names is other data.
  const own = 'files' in app.experiment.document.data.source;
  if (files.length === 1 && own && !app.data.lacksFiles && (await app.trainer.isToPredict(first))) {
    await app.predictions.answer(files);
    return;
  }
  const lessons = await app.undisturbed(() => open(app, files));
  await app.settled();
  for (const lesson of lessons) await openLessonFile(app, lesson);
}

/** @returns the lessons among them, which are opened behind everything else */
async function open(app: AppState, files: readonly File[]): Promise<readonly File[]> {
  const { histories, lessons, documents, models, data, test } = await sortFiles(files);
  for (const history of histories) await importRun(app, history);
  const dropped = data.length > 0 ? { files: data, testFiles: test } : null;
  const [document, another] = documents.length > 0 ? [...documents, ...models] : [];
  if (another !== undefined) {
    app.messages.problem('Nothing was opened', [
      {
        code: 'window/many-documents',
        message: `${[...documents, ...models].map(({ name }) => name).join(' and ')} came together.`,
        hint: 'Drop one experiment, project or model at a time, with its data if you like.',
      },
    ]);
  } else if (document !== undefined) {
    await openDocument(app, document, dropped);
  } else if (models.length > 0) {
    await openModel(app, models, dropped);
  } else if (data.length + test.length > 0) {
    await loadFiles(app, { files: data, testFiles: test });
  }
  return lessons;
}

/** Begins a new experiment on a file that would otherwise be answered. */
export async function loadAsData(app: AppState, files: readonly File[]): Promise<void> {
  await app.undisturbed(() => loadFiles(app, { files, testFiles: [] }));
  await app.settled();
}

/** Starts a new experiment on a built-in sample. */
export async function startSample(app: AppState, kind: SampleKind): Promise<void> {
  const entry = sampleEntry(app.catalog, kind);
  const start: Start = {
    source: sampleSource(entry),
    files: NO_FILES,
    title: entry.label,
    name: entry.label.toLowerCase(),
  };
  await app.undisturbed(() => startOn(app, start));
  await app.settled();
}

/** Makes a test file, or a folder of such, a training file or the other way round. */
export async function changeFileRole(app: AppState, name: string, role: 'train' | 'test'): Promise<void> {
  const { files, testFiles } = app.experiment.files;
  const isMoved = (file: File) => sourceName(file.name) === name;
  const others = (list: readonly File[]) => list.filter((file) => !isMoved(file));
  const moved = [...files, ...testFiles].filter(isMoved);
  const next: DataFiles =
    role === 'test'
      ? { files: others(files), testFiles: [...others(testFiles), ...moved] }
      : { files: [...others(files), ...moved], testFiles: others(testFiles) };
  const spec: Experiment['data'] = {
    ...app.experiment.document.data,
    source: { ...readingOf(app), files: sourceNames(next.files), testFiles: sourceNames(next.testFiles) },
  };
  const loaded = await app.undisturbed(() => app.data.load(spec, next));
  if (!app.report(`${name} stays where it was`, loaded)) return;
  app.experiment.edit(`Use ${name} to ${role}`, (document) => ({ ...document, data: spec }), { files: next });
}

/** How the document reads its files, whichever they are. */
function readingOf(app: AppState): Pick<FileSource, 'sheet' | 'images'> {
  const { source } = app.experiment.document.data;
  if (!('files' in source)) return {};
  const { sheet, images } = source;
  return { ...(sheet !== undefined && { sheet }), ...(images !== undefined && { images }) };
}

/** Reads another sheet of the workbook that is loaded. Its columns are others, so that it begins a new experiment. */
export async function chooseSheet(app: AppState, sheet: string): Promise<void> {
  const { document, files } = app.experiment;
  const { source } = document.data;
  if (!('files' in source)) return;
  const start: Start = { source: { ...source, sheet }, files, title: sheet, name: document.name };
  await app.undisturbed(() => startOn(app, start));
  await app.settled();
}

async function loadFiles(app: AppState, files: DataFiles): Promise<void> {
  const { document } = app.experiment;
  if (DataState.filesMissing(document.data, app.experiment.files) && namesMatch(document, files)) {
    if (app.report('The data was not loaded', await app.data.load(document.data, files)))
      app.experiment.attachFiles(files);
    return;
  }
  const source = { files: sourceNames(files.files), testFiles: sourceNames(files.testFiles) };
  const first = source.files[0] ?? '';
  const title = source.files.length === 1 ? first : `${first} and ${source.files.length - 1} more`;
  await startOn(app, { source, files, title, name: experimentName(first) });
}

interface Start {
  readonly source: Experiment['data']['source'];
  readonly files: DataFiles;
  readonly title: string;
  readonly name: string;
}

async function startOn(app: AppState, { source, files, title, name }: Start): Promise<void> {
  const { data, experiment, trainer } = app;
  const before = experiment.current;
  if (!app.report(`${title} was not loaded`, await data.load(defaultDataSpec(source), files))) return;
  const suggested = await trainer.suggestExperiment(name);
  if (!app.report(`${title} was not loaded`, suggested)) {
    await data.follow(before.document.data, before.files);
    return;
  }
  app.messages.dismissAll();
  experiment.edit(`Load ${title}`, () => suggested.value, { files, begins: true });
  app.selection.select({ kind: 'data' });
}

/** Data that came with a model of another program are what it is to answer. */
async function openModel(app: AppState, models: readonly File[], data: DataFiles | null): Promise<void> {
  const read = await app.model.read(models);
  if (read === null) return;
  if (read.model === null && data !== null) await loadFiles(app, data);
  app.model.show(read, read.model === null ? null : data);
}

async function openDocument(app: AppState, file: File, files: DataFiles | null): Promise<void> {
  const title = `${file.name} was not opened`;
  const bytes = await bytesOfFile(file);
  if (!app.report(title, bytes)) return;
  if (!isJson(file.name, bytes.value)) {
    await app.project.openFile(file.name, bytes.value, files);
    return;
  }
  const parsed = parseExperimentText(new TextDecoder().decode(bytes.value), file.name);
  if (!app.report(title, parsed)) return;
  await app.project.showDocument(parsed.value, files, null);
}

/** A project is a zip, an experiment is JSON; both may be called `.layerlab`. */
function isJson(name: string, bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 256));
  return /^\s*\{/.test(start) || /\.json$/i.test(name);
}
