import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { examine } from './testing/cases';
import { healthyRuns } from './testing/healthy-runs';
import { illRuns } from './testing/ill-runs';
import { tableOf, type Examined } from './testing/table';

/** Seeds that no rule was tuned on. */
const ILL_SEED = 7001;
const HEALTHY_SEED = 9001;

/** The test set of docs/doctor.md; with LAYERLAB_DOCTOR_TABLE it is written into the file of that name. */
it('names at least 54 of 60 planted faults, and is silent on 30 healthy runs', async () => {
  const ill: Examined[] = [];
  for (const each of illRuns(ILL_SEED, 6)) ill.push({ ...each, finding: await examine(each) });
  const healthy: Examined[] = [];
  for (const each of healthyRuns(HEALTHY_SEED, 30))
    healthy.push({ ...each, fault: null, finding: await examine(each) });
  const file = process.env['LAYERLAB_DOCTOR_TABLE'];
  if (file !== undefined) writeFileSync(file, tableOf(ill, healthy));
  expect(ill).toHaveLength(60);
  expect(ill.filter(({ fault, finding }) => finding?.ailment === fault).length).toBeGreaterThanOrEqual(54);
  expect(
    healthy.filter(({ finding }) => finding !== null).map(({ name, finding }) => `${name}: ${finding!.sentence}`),
  ).toEqual([]);
});
