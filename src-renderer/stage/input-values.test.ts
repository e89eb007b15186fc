import { expect, test } from 'vitest';
import type { InputField } from '../../src-worker/api';
import { cellOf, sliderStep, typedValue, valueText } from './input-values';

const number: InputField = { column: 'a', type: 'number', min: 0, max: 10, typical: 4, whole: false, names: [] };
const date: InputField = { ...number, type: 'date', min: 19_000, max: 20_000, whole: true };

test('what is typed becomes a value, and a value becomes text again', () => {
  expect([typedValue('2.5', number), typedValue('−3', number), typedValue('', number)]).toEqual([2.5, -3, null]);
  expect(typedValue('tall', number)).toBeNaN();
  expect(typedValue('2024-03-05', date)).toBe(19_787);
  expect(typedValue('2024-03-05 12:00', date)).toBe(19_787.5);
  expect(typedValue('5 March', date)).toBeNaN();
  expect([valueText(19_787, date), valueText(0.1 + 0.2, number), valueText(null, number)]).toEqual([
    '2024-03-05',
    '0.3',
    '',
  ]);
});

test('a value becomes the cell of a row', () => {
  const category = { type: 'category', names: ['clay', 'any other'] } as const;
  expect([cellOf(1, category), cellOf(null, category), cellOf(2.5, number)]).toEqual(['any other', null, 2.5]);
  expect(cellOf(19_787.5, date)).toBe('2024-03-05T12:00');
});

test('a slider has some two hundred places, on whole numbers and days where the values are', () => {
  expect(sliderStep(number)).toBe(0.05);
  expect(sliderStep({ ...number, whole: true })).toBe(1);
  expect(sliderStep({ ...number, max: 40_000, whole: true })).toBe(20);
  expect(sliderStep(date)).toBe(1);
});
