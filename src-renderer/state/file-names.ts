import { isRunHistory } from '../../src-worker/experiment/run-history';
import { divideByRole, sourceName, sourceNames } from '../../src-worker/experiment/file-roles';
import { findModelFiles } from './model-files';

/** What the names of dropped files say of them. */

export interface SortedFiles {
  /** Runs that were trained elsewhere. */
  readonly histories: readonly File[];
  readonly lessons: readonly File[];
  /** An experiment or a project. */
  readonly documents: readonly File[];
  /** A model of any program, with the files that it keeps its weights in. */
  readonly models: readonly File[];
  readonly data: readonly File[];
  /** Data to test with, by their names. */
  readonly test: readonly File[];
}

/** The first bytes of a JSON file in which an experiment shows itself. */
const HEAD_BYTES = 2 ** 16;

/**
 * Sorts what was dropped; files are only taken for test data where others remain to train on. With test files at hand, files for
 * validation are trained on: the dev part is drawn from the training part.
 */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const models = await findModelFiles(files);
  const known = files.filter((file) => !models.includes(file));
  const kinds = await Promise.all(known.map(kindOfFile));
  const [histories, lessons, documents, others] = (['history', 'lesson', 'document', 'data'] as const).map((kind) =>
    known.filter((_, index) => kinds[index] === kind),
  ) as [File[], File[], File[], File[]];
  // A folder is for one thing as a whole; what its folders mean is read with the images.
  const { main, test } = divideByRole(sourceNames(others), (name) => name);
  const of = (names: readonly string[]) => others.filter(({ name }) => names.includes(sourceName(name)));
  return { histories, lessons, documents, models, data: of(main), test: of(test) };
}

/** JSON holds an experiment or data: an experiment is an object with a part that only experiments have. */
async function kindOfFile(file: File): Promise<'history' | 'lesson' | 'document' | 'data'> {
  if (/\.layerlab-lesson$/i.test(file.name)) return 'lesson';
  if (/\.layerlab$/i.test(file.name)) return 'document';
  if (!/\.json$/i.test(file.name)) return 'data';
  const head = await file
    .slice(0, HEAD_BYTES)
    .text()
    // What cannot be read is told of where it is read as a whole.
    .catch(() => '');
  if (isRunHistory(head)) return 'history';
  if (/^\s*\{/.test(head) && /"format"\s*:\s*"layerlab-lesson"/.test(head)) return 'lesson';
  const isDocument =
    /^\s*\{/.test(head) && /"layerlab-experiment"|"(?:data|network|training)"\s*:\s*(?:\{|$)/.test(head);
  return isDocument ? 'document' : 'data';
}

/** A name for the experiment out of its first file's: `penguins.csv.gz` gives `penguins`. */
export function experimentName(fileName: string): string {
  const stem = fileName
    .replace(/(\.(gz|zip|csv|tsv|txt|idx|npy|npz|json|jsonl|ndjson|layerlab|onnx|keras|safetensors|h5))+$/i, '')
    .replace(/[-.]idx\d-ubyte$/i, '');
  return stem.replace(/^train(ing)?\d*k?[-_. ]+/i, '') || 'untitled';
}
