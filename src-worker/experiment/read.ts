import { describeValue, pathTo, type Findings } from './findings';
import type { ChoiceField, NumberField } from './field';
import { nearestName } from './nearest';

/** An object of the document whose keys have been checked. `get` never reaches a prototype. */
export interface ReadObject {
  readonly path: string;
  readonly keys: readonly string[];
  get(key: string): unknown;
}

/**
 * Reads an object and names every key that is not in `known`. A missing value is an empty object: everything has a default.
 * @param known null where any key is allowed, as in `data.columns`
 */
export function readObject(
  value: unknown,
  path: string,
  known: readonly string[] | null,
  findings: Findings,
): ReadObject {
  if (value !== undefined && !isObject(value)) {
    const where = path === '' ? 'The document' : path;
    findings.add(
      'not-an-object',
      path,
      `${where} must be an object, but is ${describeValue(value)}.`,
      'Write it between { and }.',
    );
  }
  const object = isObject(value) ? value : {};
  const keys = Object.keys(object);
  if (known !== null) {
    for (const key of keys) if (!known.includes(key)) reportUnknownKey(key, path, known, findings);
  }
  return { path, keys, get: (key) => (Object.hasOwn(object, key) ? object[key] : undefined) };
}

function reportUnknownKey(key: string, path: string, known: readonly string[], findings: Findings): void {
  const nearest = nearestName(key, known);
  const where = pathTo(path, key);
  findings.add(
    'unknown-key',
    where,
    `${where} is not a setting that Layerlab knows.`,
    nearest === null ? `Remove it; known here are ${listNames(known)}.` : `Did you mean "${nearest}"?`,
  );
}

/** Reads a number within the bounds of its field; the field's default where it is missing or wrong. */
export function readNumber(value: unknown, path: string, field: NumberField, findings: Findings): number {
  if (value === undefined) return field.default;
  const whole = field.type !== 'integer' || Number.isSafeInteger(value);
  if (typeof value === 'number' && Number.isFinite(value) && whole && isWithin(value, field)) return value;
  findings.add(
    'number',
    path,
    `${path} must be ${describeNumber(field)}, but is ${describeValue(value)}.`,
    `Write a number such as ${field.default}.`,
  );
  return field.default;
}

/** Whether a number keeps to the bounds of its field. */
export function isWithin(value: number, field: NumberField): boolean {
  const { min = -Infinity, max = Infinity, exclusiveMin = false, exclusiveMax = false } = field;
  return (exclusiveMin ? value > min : value >= min) && (exclusiveMax ? value < max : value <= max);
}

/** `a whole number from 1 to 4096`, `a number above 0`: what a field accepts, in words. */
export function describeNumber(field: NumberField): string {
  const noun = field.type === 'integer' ? 'a whole number' : 'a number';
  const { min, max, exclusiveMin = false, exclusiveMax = false } = field;
  if (min !== undefined && max !== undefined && !exclusiveMin && !exclusiveMax) return `${noun} from ${min} to ${max}`;
  const low = min === undefined ? null : exclusiveMin ? `above ${min}` : `of at least ${min}`;
  const high = max === undefined ? null : exclusiveMax ? `below ${max}` : `of at most ${max}`;
  const bounds = [low, high].filter((bound) => bound !== null).join(' and ');
  return bounds === '' ? noun : `${noun} ${bounds}`;
}

export function readChoice(value: unknown, path: string, field: ChoiceField, findings: Findings): string {
  if (value === undefined) return field.default;
  const known = field.options.map((option) => option.value);
  return readName(value, path, known, 'unknown-choice', findings) ?? field.default;
}

/** Reads one name out of `known`, or reports it with the nearest known one and returns null. */
export function readName(
  value: unknown,
  path: string,
  known: readonly string[],
  rule: string,
  findings: Findings,
): string | null {
  if (typeof value === 'string' && known.includes(value)) return value;
  const nearest = typeof value === 'string' ? nearestName(value, known) : null;
  const guess = nearest === null ? '' : `Did you mean "${nearest}"? `;
  const hint = known.length === 1 ? `Write ${listNames(known)}.` : `${guess}Known are ${listNames(known)}.`;
  findings.add(rule, path, `${path} is ${describeValue(value)}, which Layerlab does not know.`, hint);
  return null;
}

export function readBoolean(value: unknown, path: string, fallback: boolean, findings: Findings): boolean {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  findings.add(
    'boolean',
    path,
    `${path} must be true or false, but is ${describeValue(value)}.`,
    'Write true or false.',
  );
  return fallback;
}

/** Reads a list; a missing one is empty. */
export function readList(value: unknown, path: string, findings: Findings): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  findings.add(
    'not-a-list',
    path,
    `${path} must be a list, but is ${describeValue(value)}.`,
    'Write it between [ and ].',
  );
  return [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
