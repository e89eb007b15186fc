import { expect, test } from 'vitest';
import { mutantSubjects, readMutants } from '../testing/mutants';

const MUTANTS = 2_000;

test.each(mutantSubjects)(
  `${MUTANTS} mutants of $name give data or a problem that says what to do`,
  async (subject) => {
    // Else the damage would test nothing.
    expect(await readMutants(subject, MUTANTS)).toBeGreaterThan(MUTANTS / 20);
  },
);
