import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { GradientVerdict } from './check-types';
import { checkCase, everyCase } from './testing/check-session';

/** All that was checked on one sample, over its networks and the seeds. */
interface Tally {
  networks: number;
  entries: number;
  atKink: number;
  error: number;
  /** Where the worst entry is. */
  where: string;
}

const tallies = new Map<string, Tally>();

test.each([1, 2, 3])(
  'a right network passes on every sample and every preset, 60 entries of each array, seed %i',
  async (seed) => {
    const failed: string[] = [];
    for (const [sample, preset] of everyCase()) {
      const state = await checkCase(sample, preset, { examples: 10, entries: 60, seed });
      if (state === null) continue;
      for (const verdict of state.verdicts) {
        if (verdict.checked > 0 && !verdict.passed) failed.push(`${preset} on ${sample}: ${JSON.stringify(verdict)}`);
      }
      count(sample, preset, state.verdicts);
    }
    expect(failed).toEqual([]);
  },
);

function count(sample: string, preset: string, verdicts: readonly GradientVerdict[]): void {
  const tally = tallies.get(sample) ?? { networks: 0, entries: 0, atKink: 0, error: 0, where: '' };
  tally.networks++;
  for (const { name, checked, atKink, error } of verdicts) {
    tally.entries += checked;
    tally.atKink += atKink;
    if (error > tally.error) Object.assign(tally, { error, where: `${name}, ${preset}` });
  }
  tallies.set(sample, tally);
}

/** With LAYERLAB_CHECK_TABLE the table of docs/gradient-check.md is written into the file of that name. */
afterAll(() => {
  const file = process.env['LAYERLAB_CHECK_TABLE'];
  if (file === undefined) return;
  const rows = [...tallies].map(
    ([sample, { networks, entries, atKink, error, where }]) =>
      `| ${sample} | ${networks} | ${entries} | ${atKink} | ${error.toExponential(1).replace('-', '−')} | ${where} |`,
  );
  const head =
    '| sample | networks | entries | at a kink | worst error | where |\n| --- | --- | --- | --- | --- | --- |';
  writeFileSync(file, `${head}\n${rows.join('\n')}\n`);
});
