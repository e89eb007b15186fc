import { expect, test } from 'vitest';
import { checkCase, everyCase } from './testing/check-session';

test.each([1, 2, 3])(
  'a right network passes on every sample and every preset, 60 entries of each array, seed %i',
  async (seed) => {
    const failed: string[] = [];
    for (const [sample, preset] of everyCase()) {
      const state = await checkCase(sample, preset, { examples: 10, entries: 60, seed });
      for (const verdict of state?.verdicts ?? []) {
        if (verdict.checked > 0 && !verdict.passed) failed.push(`${preset} on ${sample}: ${JSON.stringify(verdict)}`);
      }
    }
    expect(failed).toEqual([]);
  },
);
