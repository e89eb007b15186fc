import type { InputField } from '../../src-worker/api';
import { tickStep } from '../charts/scale';
import { formatDay } from './axis-values';

const DAY_MS = 86_400_000;
/** Places of a slider. */
const STEPS = 200;

/** How far one step of a field's slider goes. */
export function sliderStep({ min, max, whole, type }: InputField): number {
  if (whole || type === 'date') return Math.max(1, Math.round((max - min) / STEPS / 10) || 1);
  return tickStep(max - min, STEPS) || 1;
}

/** A value as it is typed: no thousands, as many digits as it has. */
export function valueText(value: number | null, { type }: Pick<InputField, 'type'>): string {
  if (value === null) return '';
  return type === 'date' ? dateText(value) : String(Number(value.toPrecision(7)));
}

/** What was typed as a value; null for nothing, NaN for what is no value of this type. */
export function typedValue(text: string, { type }: Pick<InputField, 'type'>): number | null {
  const typed = text.trim().replace('−', '-');
  if (typed === '') return null;
  if (type !== 'date') return Number(typed);
  return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d)?$/.test(typed)
    ? Date.parse(`${typed.replace(' ', 'T')}${typed.length > 10 ? ':00Z' : ''}`) / DAY_MS
    : NaN;
}

/** A value as a cell of a file would have it. */
export function cellOf(
  value: number | null,
  { type, names }: Pick<InputField, 'type' | 'names'>,
): string | number | null {
  if (value === null) return null;
  if (names.length > 0) return names[value] ?? null;
  return type === 'date' ? dateText(value) : value;
}

/** The day, with the time where there is one, to the minute. */
function dateText(days: number): string {
  if (Number.isInteger(days)) return formatDay(days);
  const date = new Date(Math.round((days * DAY_MS) / 60_000) * 60_000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 16);
}
