/** What the names of dropped files say of them. */

const TEST_WORD = /(^|[^a-z])(test|t10k|val|valid|validation|eval)([^a-z]|$)/i;

export interface SortedFiles {
  /** An experiment or a project. */
  readonly documents: readonly File[];
  readonly data: readonly File[];
  /** Data to test with, by their names. */
  readonly test: readonly File[];
}

/** Sorts what was dropped; files are only taken for test data where others remain to train on. */
export function sortFiles(files: readonly File[]): SortedFiles {
  const documents = files.filter(({ name }) => /\.(layerlab|json)$/i.test(name));
  const others = files.filter((file) => !documents.includes(file));
  const test = others.filter(({ name }) => TEST_WORD.test(name));
  if (test.length === others.length) return { documents, data: others, test: [] };
  return { documents, data: others.filter((file) => !test.includes(file)), test };
}

/** A name for the experiment out of its first file's: `penguins.csv.gz` gives `penguins`. */
export function experimentName(fileName: string): string {
  const stem = fileName.replace(/(\.(gz|csv|tsv|txt|idx|json|layerlab))+$/i, '').replace(/[-.]idx\d-ubyte$/i, '');
  return stem.replace(/^train(ing)?\d*k?[-_. ]+/i, '') || 'untitled';
}
