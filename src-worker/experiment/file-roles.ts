/** What the names of data files say of their use. */
type FileRole = 'train' | 'validation' | 'test';

const word = (words: string): RegExp => new RegExp(`(^|[^a-z])(${words})([^a-z]|$)`, 'i');
const TEST = word('test|tst|t10k');
const VALIDATION = word('val|valid|validation|dev|eval');
const ANY_ROLE = /(^|[^a-z])(train(?:ing)?|test|tst|t10k|val|valid|validation|dev|eval)(?=[^a-z]|$)/i;

/** `x_test.npy` tests, `val/images.npy` validates, everything else trains. */
export function roleOfFile(name: string): FileRole {
  if (TEST.test(name)) return 'test';
  return VALIDATION.test(name) ? 'validation' : 'train';
}

/** What the document calls a file: its name, or that of the folder it came in. */
export function sourceName(name: string): string {
  return name.split('/', 1)[0]!;
}

/** What the document calls files, each once. */
export function sourceNames(files: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(files.map(({ name }) => sourceName(name)))];
}

/**
 * Files for training and for the test, by their names: for the test are those that test, or else those that validate. Where both are there,
 * validation is trained on, since the dev part is drawn from the training part; where nothing would remain, all are trained on.
 */
export function divideByRole<T>(
  files: readonly T[],
  nameOf: (file: T) => string,
): { main: readonly T[]; test: readonly T[] } {
  const of = (role: FileRole) => files.filter((file) => roleOfFile(nameOf(file)) === role);
  const testing = of('test');
  const test = testing.length > 0 ? testing : of('validation');
  if (test.length === files.length) return { main: files, test: [] };
  return { main: files.filter((file) => !test.includes(file)), test };
}

/**
 * The name of an array without folder, endings and role, so that those of the parts agree: `x` for `mnist.npz/x_train.npy`, `images` for
 * `train_images`.
 */
export function arrayKey(name: string): string {
  const stem = name
    .split('/')
    .at(-1)!
    .replace(/(?:\.(?:gz|npy|idx))+$/i, '');
  const key = stem.replace(ANY_ROLE, '').replaceAll(/^[-_. ]+|[-_. ]+$/g, '');
  return key === '' ? stem : key;
}
