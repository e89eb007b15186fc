import * as v from 'valibot';

/** Numbers that JSON cannot write; they become these strings, because `JSON.stringify` would turn them into null or 0. */
const UNWRITABLE = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 } as const;
type UnwritableName = keyof typeof UNWRITABLE;

/** A number as {@link exactNumber} writes it. */
export type ExactNumber = number | UnwritableName;

/** The number itself, or its name where JSON has no way to write it: `NaN`, `Infinity`, `-Infinity`, `-0`. */
export function exactNumber(value: number): ExactNumber {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value;
  return String(value) as UnwritableName;
}

/** JSON text in which every number survives; read it back with {@link exactNumberSchema} where a number is expected. */
export function stringifyExactly(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' ? exactNumber(item) : item));
}

/** Reads what {@link stringifyExactly} wrote. */
export const exactNumberSchema = v.union([
  v.number(),
  v.pipe(
    v.picklist(Object.keys(UNWRITABLE) as UnwritableName[]),
    v.transform((name) => UNWRITABLE[name]),
  ),
]);
