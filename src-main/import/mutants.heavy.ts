import { expect, test } from 'vitest';
import { readMutants } from '../testing/mutant-models';
import { soundModels } from '../testing/mutants';

const models = await soundModels();

test.each(Object.entries(models))(
  '2,000 damaged files of %s end in words',
  async (_format, file) => {
    expect(await readMutants(file, 2_000, 1_000)).toBeLessThan(2_000);
  },
  600_000,
);
