import { gzip } from 'pako';
import { expect } from 'vitest';
import { loadData, prepare } from '..';
import { defaultDataSpec } from '../../experiment/defaults';
import type { Outcome, Problem } from '../../problem';
import { createRandom, type Random } from '../../random';
import { npyBytes } from './npy';
import { concat, zip } from './zip';

/** Good files of every format, and random damage to them: what comes out is data or a typed problem, never another exception. */
export interface MutantSubject {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

const range = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const csv = encode(
  'species;"bill length";note\r\nAdelie;39,1;"a; ""b"""\r\nGentoo;50,0;"two\nlines"\r\nAdelie;38,2;\r\nGentoo;NA;x\r\n',
);
const idxImages = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2, ...range(16)]);
const idxLabels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]);
const rows = range(12).map((n) => ({ 'a.b': n / 3, kind: 'rg'[n % 2], nested: { v: [n, null] }, __proto__x: n > 4 }));
const matrix = npyBytes("'<f4'", [10, 3], new Uint8Array(Float32Array.from(range(30), (n) => (n * n) % 7).buffer));
const records = npyBytes(
  "[('x', '<i2'), ('kind', '<U1'), ('v', '>f4', (2,))]",
  [6],
  range(6).flatMap((n) => [n, 0, 97 + (n % 2), 0, 0, 0, 0x3f, 0x80, 0, n, 0x40, n, 0, 0]),
);
const images = npyBytes("'|u1'", [6, 2, 2, 3], range(72));
const labels = npyBytes(
  "'<i8'",
  [6, 1],
  range(48).map((n) => (n % 16 === 8 ? 1 : 0)),
);
const archive = zip([
  { name: 'train.csv', content: 'x,label\n1,a\n2,b\n3.5,a\n4,b\n5,a\n6,b\n7,a\n8,b\n' },
  { name: 'folder/test.csv', content: 'label,x\na,1\nb,2\n', stored: true },
]);
const npz = zip([
  { name: 'x_train.npy', content: images },
  { name: 'y_train.npy', content: labels },
  { name: 'x_test.npy', content: images, stored: true },
  { name: 'y_test.npy', content: labels },
]);

const one = (label: string, name: string, bytes: Uint8Array): MutantSubject => ({
  name: label,
  files: [{ name, bytes }],
});

export const mutantSubjects: readonly MutantSubject[] = [
  one('a table (CSV)', 'table.csv', csv),
  one('a packed table (CSV)', 'table.csv.gz', gzip(csv)),
  one('rows (JSON)', 'rows.json', encode(JSON.stringify(rows, null, 1))),
  one(
    'columns (JSON)',
    'columns.json',
    encode('{"a": [1, 2, 3, 4], "k": ["x", "y", "x", null], "v": [[1, 2], [3, 4], [5, 6], [7, 8]]}'),
  ),
  one(
    'arrays (JSON)',
    'arrays.json',
    encode('{"data": [["a", "b"], [1, "x"], [2.5e1, "y"], [-3, "\\u00e4"], [0, "y"]]}'),
  ),
  one('lines (JSON Lines)', 'rows.jsonl', encode(rows.map((row) => JSON.stringify(row)).join('\n'))),
  {
    name: 'images (IDX)',
    files: [
      { name: 'images-idx3-ubyte', bytes: idxImages },
      { name: 'labels-idx1-ubyte', bytes: idxLabels },
    ],
  },
  {
    name: 'packed images (IDX)',
    files: [
      { name: 'images-idx3-ubyte.gz', bytes: gzip(idxImages) },
      { name: 'labels-idx1-ubyte', bytes: idxLabels },
    ],
  },
  one('a matrix (NPY)', 'matrix.npy', matrix),
  one('records (NPY)', 'records.npy', records),
  {
    name: 'images (NPY)',
    files: [
      { name: 'X.npy', bytes: images },
      { name: 'y.npy', bytes: labels },
    ],
  },
  one('images (NPZ)', 'images.npz', npz),
  one('tables (ZIP)', 'tables.zip', archive),
];

/** Lengths as they lie in headers: off by one is done by adding, these are the huge ones. */
const HUGE = [
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0x80],
  [0x80, 0, 0, 0],
  [0xff, 0xff, 0xff, 0x7f],
  [0, 0, 0, 0, 0, 0, 0x20, 0],
] as const;
const SNIPPETS = ['"', ';', '\n', '\r', '""', '\0', ',,', '{', ']', '\\u', '"__proto__":', '1e999', '-', '(', "'"];

export function damage(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let mutant = [...bytes];
  for (let change = 0; change <= random.integer(3); change++) {
    const at = random.integer(Math.max(1, mutant.length));
    switch (random.integer(7)) {
      case 0:
        mutant[at] = (mutant[at] ?? 0) ^ (1 << random.integer(8));
        break;
      case 1:
        mutant = mutant.slice(0, at);
        break;
      case 2:
        mutant.splice(at, random.integer(8), ...encode(SNIPPETS[random.integer(SNIPPETS.length)]!));
        break;
      case 3: {
        const huge = HUGE[random.integer(HUGE.length)]!;
        mutant.splice(at, huge.length, ...huge);
        break;
      }
      case 4:
        mutant[at] = ((mutant[at] ?? 0) + (random.integer(2) === 0 ? 1 : 255)) & 255;
        break;
      case 5:
        mutant.splice(at, 1 + random.integer(16));
        break;
      default:
        mutant.push(...mutant.slice(at, at + random.integer(64)));
    }
  }
  return Uint8Array.from(mutant);
}

async function outcomeOf(files: readonly File[]): Promise<Outcome<unknown>> {
  const spec = defaultDataSpec({ files: [], testFiles: [] });
  const loaded = await loadData(spec, files, []);
  if (!loaded.ok) {
    for (const { file, path } of loaded.problems) expect(file ?? path).toBeTypeOf('string');
    return loaded;
  }
  const prepared = prepare(loaded.value, spec);
  if (!prepared.ok) return prepared;
  const { task, classes } = prepared.value.summary;
  prepared.value.examples('train', task === 'multi-class' ? classes.length : 1);
  return prepared;
}

function checkProblem({ code, message, hint }: Problem): void {
  expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
  expect(message).toMatch(/[.”]$/);
  expect(hint).toMatch(/\.$/);
}

const MAX_MILLISECONDS = 10_000;

/**
 * Reads `count` mutants of a subject. One of its files is damaged at a time; every mutant is data or typed problems, in time, and the good
 * files still load after them.
 *
 * @returns how many were refused
 */
export async function readMutants({ name, files }: MutantSubject, count: number): Promise<number> {
  let refused = 0;
  for (let seed = 0; seed < count; seed++) {
    const random = createRandom(seed, 'mutant', name);
    const damaged = random.integer(files.length);
    const mutants = files.map(
      (file, index) => new File([index === damaged ? damage(file.bytes, random) : concat([file.bytes])], file.name),
    );
    const started = performance.now();
    const outcome = await outcomeOf(mutants).catch((error: unknown) => {
      throw new Error(`${name}, seed ${seed}`, { cause: error });
    });
    expect(performance.now() - started, `seed ${seed}`).toBeLessThan(MAX_MILLISECONDS);
    if (outcome.ok) continue;
    refused++;
    outcome.problems.forEach(checkProblem);
  }
  const good = await outcomeOf(files.map((file) => new File([concat([file.bytes])], file.name)));
  expect(good).toMatchObject({ ok: true });
  return refused;
}
