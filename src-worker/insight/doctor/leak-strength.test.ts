import { expect, it } from 'vitest';
import type { FeatureTransform } from '../../api';
import { createRandom } from '../../random';
import { leakOf } from './leak-strength';

const features = ['twice', 'noise'].map((column) => ({ column, type: 'number' }) as FeatureTransform);

function tableOf(rows: number): Parameters<typeof leakOf>[0] {
  const random = createRandom(5, 'leak-strength');
  const answers = Array.from({ length: rows }, () => random.normal());
  const x = Float64Array.from(answers.flatMap((answer) => [2 * answer, random.normal()]));
  return { x, rows, columns: 2, answers, classes: 0 };
}

it('names a column that is the target in another form', () => {
  expect(leakOf(tableOf(20), features)).toMatchObject({ column: 'twice', rows: 20 });
});

it('says nothing of rows so few that they lie on a line by chance', () => {
  expect(leakOf(tableOf(2), features)).toBeNull();
  expect(leakOf(tableOf(19), features)).toBeNull();
});
