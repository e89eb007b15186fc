import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDecoder } from './testing/build-decoder';
import { decodeMutants } from './testing/decode-mutants';

const MUTANTS = 2_000;

let built: Awaited<ReturnType<typeof buildDecoder>>;
beforeAll(async () => {
  built = await buildDecoder('./mutant-child.ts');
}, 120_000);
afterAll(() => built.remove());

test.each([
  'seasons.xlsx',
  'as-people-do.xlsx',
  'types.parquet',
  'measurements-none.parquet',
  'measurements-snappy.parquet',
  'measurements-zstd.parquet',
])(`${MUTANTS} mutants of %s give a table or a problem that names the file`, async (name) => {
  const outcomes = await decodeMutants(built.script, name, MUTANTS);
  expect(outcomes).toHaveLength(MUTANTS);
  const counts = { table: 0, ended: 0, refused: 0 };
  outcomes.forEach((outcome, seed) => {
    if (outcome === 'table') counts.table++;
    else if (outcome === 'died' || outcome === 'too slow') counts.ended++;
    else {
      counts.refused++;
      expect(outcome.code, `seed ${seed}`).toMatch(/^(decode|parquet|xlsx|data|csv|table)\/[a-z0-9-]+$/);
      expect(outcome.file, `seed ${seed}`).toBe(name);
      expect(outcome.message, `seed ${seed}`).toMatch(/\.$/);
      expect(outcome.hint, `seed ${seed}`).toMatch(/\.$/);
      expect(outcome.message, `seed ${seed}`).not.toMatch(/\n\s+at |\[object /);
    }
  });
  process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`);
  // Damage that nothing notices, or that everything dies of, would test nothing.
  expect(counts.refused).toBeGreaterThan(MUTANTS / 20);
  expect(counts.ended).toBeLessThan(MUTANTS / 100);
});
