import { expect, test } from 'vitest';
import { decodeMutants, imageSubjects } from '../testing/image-mutants';

/** A sample of those of `npm run test:heavy`. */
const MUTANTS = 100;

test.each(imageSubjects)(`${MUTANTS} mutants of %s give pixels or a reason`, async (name) => {
  // Else the damage would test nothing.
  expect(await decodeMutants(name, MUTANTS)).toBeGreaterThan(MUTANTS / 20);
});
