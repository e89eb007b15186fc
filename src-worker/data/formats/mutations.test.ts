import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mutantSubjects, readMutants } from '../testing/mutants';
import { readFile } from '.';

/** A sample of the mutants that `npm run test:heavy` reads. */
const MUTANTS = 100;

test.each(mutantSubjects)(
  `${MUTANTS} mutants of $name give data or a problem that says what to do`,
  async (subject) => {
    // Else the damage would test nothing.
    expect(await readMutants(subject, MUTANTS)).toBeGreaterThan(MUTANTS / 20);
  },
);

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
