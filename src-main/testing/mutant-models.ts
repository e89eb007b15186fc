import { expect } from 'vitest';
import { describeProblem } from '../../src-worker/problem';
import { readModel } from '../import';
import type { ModelFile } from '../import/format';
import { damage } from './mutants';

/** Bytes that a reading may hold above the file, for the program itself and what it has not yet given back. */
const ROOM = 64 * 2 ** 20;

/**
 * Reads damaged copies of a file: each gives a model or problems in words, never an exception, and arrays of no more than a small multiple of
 * the file's bytes.
 * @returns how many of them could still be read
 */
export async function readMutants(file: ModelFile, count: number, firstSeed = 1): Promise<number> {
  let read = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const bytes = damage(file.bytes, seed);
    const before = process.memoryUsage().arrayBuffers;
    const outcome = await readModel([{ name: file.name, bytes }]);
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(grown, `seed ${seed} allocates`).toBeLessThan(ROOM);
    if (outcome.ok) {
      read += 1;
      const numbers = (outcome.value.network?.parameters ?? []).reduce((sum, { values }) => sum + values.length, 0);
      expect(numbers, `seed ${seed}`).toBeLessThanOrEqual(1_000_000 + 2 * bytes.length);
    } else {
      const text = outcome.problems.map(describeProblem).join(' ');
      expect(text, `seed ${seed}`).not.toMatch(/undefined|NaN|\[object|is not a function|Cannot read propert/);
      expect(outcome.problems.length).toBeGreaterThan(0);
    }
  }
  return read;
}
