import type { Experiment, SampleKind } from '../../src-worker/api';
import { defaultDataSpec } from '../../src-worker/experiment/defaults';
import { parseExperimentText } from '../../src-worker/experiment/parse';
import type { AppState } from './app.svelte';
import { DataState } from './data.svelte';
import { NO_FILES, type DataFiles } from './experiment.svelte';
import { experimentName, sortFiles } from './file-names';
import { bytesOfFile, namesMatch } from './project-files';
import { sampleEntry, sampleSource } from './samples';

/** What the window accepts, in the words of the overlay and of the file dialog. */
export const ACCEPTED =
  'tables (CSV, TSV, JSON, XLSX, Parquet), arrays and images (NPY, NPZ, IDX), ZIP archives of them, Layerlab projects and experiments';

/** Takes in dropped or chosen files: data becomes a new experiment, a project or an experiment is opened. Undo takes it back. */
export async function takeIn(app: AppState, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await app.undisturbed(() => open(app, files));
  await app.settled();
}

async function open(app: AppState, files: readonly File[]): Promise<void> {
  const { documents, data, test } = await sortFiles(files);
  const [document, another] = documents;
  if (another !== undefined) {
    app.messages.problem('Nothing was opened', [
      {
        code: 'window/many-documents',
        message: `${documents.map(({ name }) => name).join(' and ')} came together.`,
        hint: 'Drop one experiment or project at a time, with its data if you like.',
      },
    ]);
  } else if (document !== undefined) {
    await openDocument(app, document, data.length > 0 ? { files: data, testFiles: test } : null);
  } else {
    await loadFiles(app, { files: data, testFiles: test });
  }
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

/** Makes a test file a training file or the other way round. */
export async function changeFileRole(app: AppState, file: File, role: 'train' | 'test'): Promise<void> {
  const { files, testFiles } = app.experiment.files;
  const others = (list: readonly File[]) => list.filter((other) => other !== file);
  const next: DataFiles =
    role === 'test'
      ? { files: others(files), testFiles: [...others(testFiles), file] }
      : { files: [...others(files), file], testFiles: others(testFiles) };
  const spec: Experiment['data'] = {
    ...app.experiment.document.data,
    source: { files: next.files.map(({ name }) => name), testFiles: next.testFiles.map(({ name }) => name) },
  };
  const loaded = await app.undisturbed(() => app.data.load(spec, next));
  if (!app.report(`${file.name} stays where it was`, loaded)) return;
  app.experiment.edit(`Use ${file.name} to ${role}`, (document) => ({ ...document, data: spec }), { files: next });
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
  const source = { files: files.files.map(({ name }) => name), testFiles: files.testFiles.map(({ name }) => name) };
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
