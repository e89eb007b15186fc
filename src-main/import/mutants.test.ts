import { describe, expect, test } from 'vitest';
import { readMutants } from '../testing/mutant-models';
import { soundModels } from '../testing/mutants';

const models = await soundModels();

describe('damaged model files end in words: 150 of each format', () => {
  test.each(Object.entries(models))('%s', async (format, file) => {
    const read = await readMutants(file, 150);
    // Damage within the numbers leaves a sound file, and everything else does not.
    expect(read, format).toBeLessThan(150);
  });
});
