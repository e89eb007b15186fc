import { expect, test } from 'vitest';
import { decodeMutants, imageSubjects } from '../testing/image-mutants';

const MUTANTS = 2_000;

test.each(imageSubjects)(`${MUTANTS} mutants of %s give pixels or a reason`, async (name) => {
  expect(await decodeMutants(name, MUTANTS)).toBeGreaterThan(MUTANTS / 20);
});
