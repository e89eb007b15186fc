import { expect, it } from 'vitest';
import type { NumberField } from '../../src-worker/api';
import { complaint, parseTyped, stepNumber } from './number-step';

const field = (extra: Partial<NumberField>): NumberField => ({
  name: 'x',
  label: 'X',
  help: '',
  type: 'number',
  default: 0,
  ...extra,
});

it('steps without the dust of binary fractions', () => {
  expect(stepNumber(field({ step: 0.1 }), 0.2, 1)).toBe(0.3);
});

it('stops at an allowed bound and before a forbidden one', () => {
  expect(stepNumber(field({ step: 0.5, min: 0 }), 0.2, -1)).toBe(0);
  expect(stepNumber(field({ step: 0.05, max: 1, exclusiveMax: true }), 0.95, 1)).toBe(0.95);
});

it('multiplies on a logarithmic scale, whole numbers stay whole', () => {
  expect(stepNumber(field({ step: 10, scale: 'log' }), 0.01, 1)).toBe(0.1);
  expect(stepNumber(field({ type: 'integer', step: 2, scale: 'log', min: 1 }), 1, -1)).toBe(1);
  expect(stepNumber(field({ type: 'integer', step: 2, scale: 'log', min: 1 }), 32, 1)).toBe(64);
});

it('steps from zero and back onto it where zero is allowed', () => {
  const l2 = field({ step: 10, scale: 'log', min: 0 });
  expect(stepNumber(l2, 0, 1)).toBe(1e-4);
  expect(stepNumber(l2, 1e-4, -1)).toBe(0);
  const rate = field({ step: 10, scale: 'log', min: 0, exclusiveMin: true });
  expect(stepNumber(rate, 1e-4, -1)).toBe(1e-5);
});

it.each([
  ['0,5', 0.5],
  ['1e-3', 0.001],
  ['−2', -2],
  ['.5', 0.5],
  ['', null],
  ['1.2.3', null],
  ['Infinity', null],
  ['1e999', null],
])('reads %j as %j', (text, value) => expect(parseTyped(text)).toBe(value));

it('says what is wrong with a typed number', () => {
  expect(complaint(field({ type: 'integer', min: 1 }), '2.5')).toBe('Type a whole number.');
  expect(complaint(field({ min: 1 }), '0')).toBe('At least 1, please.');
  expect(complaint(field({ min: 0, exclusiveMin: true }), '0')).toBe('More than 0, please.');
  expect(complaint(field({ max: 1, exclusiveMax: true }), '1')).toBe('Less than 1, please.');
  expect(complaint(field({ max: 1 }), 'two')).toBe('Type a number.');
  expect(complaint(field({ min: 0, max: 1 }), '0.5')).toBeNull();
});
