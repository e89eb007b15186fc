import fc from 'fast-check';
import { gzip } from 'pako';
import { describe, expect, test } from 'vitest';
import { loadData, prepare } from '..';
import { defaultDataSpec } from '../../experiment/defaults';
import type { Outcome } from '../../problem';
import { createRandom, type Random } from '../../random';
import { readFile } from '.';

/** Random damage to good files: what comes out is data or a typed problem, never another exception. */

const MUTANTS = 400;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const table = encode(
  'species;"bill length";note\r\nAdelie;39,1;"a; ""b"""\r\nGentoo;50,0;"two\nlines"\r\nAdelie;38,2;\r\nGentoo;NA;x\r\n',
);
const images = Uint8Array.from([
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  4,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  ...Array.from({ length: 16 }, (_, n) => n),
]);
const labels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1]);

function mutate(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let mutant = [...bytes];
  for (let change = 0; change <= random.integer(3); change++) {
    const at = random.integer(Math.max(1, mutant.length));
    switch (random.integer(5)) {
      case 0:
        mutant[at] = (mutant[at] ?? 0) ^ (1 << random.integer(8));
        break;
      case 1:
        mutant = mutant.slice(0, at);
        break;
      case 2:
        mutant.splice(at, random.integer(8), ...encode(['"', ';', '\n', '\r', '""', '\0', ',,'][random.integer(7)]!));
        break;
      case 3:
        mutant.splice(at, 4, ...[0x80, 0, 0, 0].map((byte) => (random.integer(2) === 0 ? byte : 0xff)));
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
  if (!loaded.ok) return loaded;
  const prepared = prepare(loaded.value, spec);
  if (!prepared.ok) return prepared;
  const { task, classes } = prepared.value.summary;
  prepared.value.examples('train', task === 'multi-class' ? classes.length : 1);
  return prepared;
}

describe.each([
  ['a table', (random: Random) => [new File([mutate(table, random)], 'table.csv')]],
  ['a packed table', (random: Random) => [new File([mutate(gzip(table), random)], 'table.csv.gz')]],
  [
    'images',
    (random: Random) => [
      new File([mutate(images, random)], 'images-idx3-ubyte'),
      new File([random.integer(2) === 0 ? mutate(labels, random) : Uint8Array.from(labels)], 'labels-idx1-ubyte'),
    ],
  ],
  [
    'packed images',
    (random: Random) => [
      new File([mutate(gzip(images), random)], 'images-idx3-ubyte.gz'),
      new File([Uint8Array.from(labels)], 'labels-idx1-ubyte'),
    ],
  ],
] as const)('%s', (_, makeFiles) => {
  test(`${MUTANTS} mutants give data or a problem that says what to do`, async () => {
    let refused = 0;
    for (let seed = 0; seed < MUTANTS; seed++) {
      const outcome = await outcomeOf(makeFiles(createRandom(seed, 'mutant')));
      if (outcome.ok) continue;
      refused++;
      for (const { code, message, hint } of outcome.problems) {
        expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
        expect(message).toMatch(/[.”]$/);
        expect(hint).toMatch(/\.$/);
      }
    }
    // Else the damage would test nothing.
    expect(refused).toBeGreaterThan(MUTANTS / 20);
  });
});

describe('a table written by the book', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '1', '\t', '|'), maxLength: 8 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
  );
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  test('comes back cell by cell', async () => {
    const tables = fc
      .integer({ min: 2, max: 5 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
      );
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        // A column of numbers under a name each makes the header certain.
        const header = ['id', ...rows[0]!.map((_, index) => `column-${index}`)];
        const lines = [header, ...rows.map((row, index) => [String(index + 0.5), ...row])];
        const text = lines.map((row) => row.map(quoted).join(',')).join('\n');
        const data = await readFile(new File([text], 'table.csv'));
        if (data.kind !== 'table') throw new Error('expected a table');
        expect(data.table.columns.map(({ name }) => name)).toEqual(header);
        expect(data.table.preview).toEqual(lines.slice(1).map((row) => row.map((each) => each.trim())));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
