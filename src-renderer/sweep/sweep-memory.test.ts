import { expect, it } from 'vitest';
import { sideBySide } from './sweep-memory';

const points = [
  { bytes: 30, examples: 20 },
  { bytes: 40, examples: 20 },
  { bytes: 10, examples: 20 },
];

it('counts the largest network for each worker, and the data once more', () => {
  expect(sideBySide(points, 2, 1000)).toEqual({ ok: true, value: { workers: 2, bytes: 100 } });
});

it('takes as many side by side as there is room for', () => {
  expect(sideBySide(points, 3, 105)).toMatchObject({ value: { workers: 2 } });
  expect(sideBySide(points, 8, 1000)).toMatchObject({ value: { workers: 3 } });
});

it('refuses what does not fit even alone, with what it takes and what there is', () => {
  const refused = sideBySide(points, 2, 59);
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'sweep/memory' }] });
  expect(refused.ok ? '' : refused.problems[0]!.message).toBe(
    'A network of this sweep with its data takes 60\u202fB, and a sweep may take 59\u202fB.',
  );
});
