import type { NumberField } from '../../src-worker/api';

/** The smallest number that an arrow key steps to from 0 on a logarithmic scale. */
const FIRST_ABOVE_ZERO = 1e-4;

/** Where an arrow key takes a number: up (+1) or down (−1) by the field's step, a factor on a logarithmic scale, within its range. */
export function stepNumber(field: NumberField, value: number, direction: 1 | -1): number {
  const step = field.step ?? (field.scale === 'log' ? 2 : field.type === 'integer' ? 1 : 0.1);
  const next = field.scale === 'log' ? multiply(field, value, step, direction) : value + direction * step;
  return withinRange(field, tidy(field.type === 'integer' ? Math.round(next) : next)) ?? value;
}

/** What is wrong with a number that was typed, as a sentence for the field; null where nothing is. */
export function complaint(field: NumberField, text: string): string | null {
  const value = parseTyped(text);
  if (value === null) return 'Type a number.';
  if (field.type === 'integer' && !Number.isInteger(value)) return 'Type a whole number.';
  const { min, max } = field;
  if (min !== undefined && (value < min || (field.exclusiveMin === true && value === min))) {
    return field.exclusiveMin === true ? `More than ${min}, please.` : `At least ${min}, please.`;
  }
  if (max !== undefined && (value > max || (field.exclusiveMax === true && value === max))) {
    return field.exclusiveMax === true ? `Less than ${max}, please.` : `At most ${max.toLocaleString('en')}, please.`;
  }
  return null;
}

/** A decimal comma is as good as a point, thousands are not set apart; null for what is no number. */
export function parseTyped(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

function multiply(field: NumberField, value: number, factor: number, direction: 1 | -1): number {
  if (value === 0) return direction > 0 ? (field.type === 'integer' ? 1 : FIRST_ABOVE_ZERO) : 0;
  const next = direction > 0 ? value * factor : value / factor;
  // Zero lies below every power: step onto it from the first number above it, where the range allows it.
  const reachesZero =
    direction < 0 && next < FIRST_ABOVE_ZERO * 0.999 && field.min === 0 && field.exclusiveMin !== true;
  return reachesZero ? 0 : next;
}

/** Takes off what binary fractions add: 0.1 + 0.2 is shown, and kept, as 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function withinRange(field: NumberField, value: number): number | null {
  const { min, max } = field;
  if (min !== undefined && (value < min || (field.exclusiveMin === true && value === min))) {
    return field.exclusiveMin === true ? null : min;
  }
  if (max !== undefined && (value > max || (field.exclusiveMax === true && value === max))) {
    return field.exclusiveMax === true ? null : max;
  }
  return value;
}
