import { initializers } from '../initializers';
import type { Definition } from '../definition';
import type { Field } from './field';
import { pathTo, type Findings } from './findings';
import { readChoice, readName, readNumber, readObject, type ReadObject } from './read';
import { readExtent, readPadding } from './read-window';

/** Any registry, seen from here: what a document may name and which fields each kind has. */
export type Registry = Readonly<Record<string, Pick<Definition<string>, 'fields'>>>;

/** A resolved `{ kind, …fields }`: every field of its definition is there, in the definition's order. */
export interface ReadKind {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/**
 * Reads `{ kind, …fields }` out of a registry; a bare name stands for the kind with its defaults.
 * @param fallback the kind of a missing value; null where it must be there
 * @param beside keys that are read elsewhere
 * @returns null after a problem that leaves the kind unknown
 */
export function readKind(
  value: unknown,
  path: string,
  registry: Registry,
  fallback: string | null,
  findings: Findings,
  beside: readonly string[] = [],
): ReadKind | null {
  const given = typeof value === 'string' ? { kind: value } : value;
  const open = readObject(given, path, null, findings);
  // Something that is no object at all has been reported; a missing kind would be a second word on the same mistake.
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) return null;
  const name = open.get('kind') ?? fallback ?? undefined;
  const kindPath = typeof value === 'string' ? path : pathTo(path, 'kind');
  const kind = readName(name, kindPath, Object.keys(registry), 'unknown-kind', findings);
  const definition = kind === null ? undefined : registry[kind];
  if (kind === null || definition === undefined) return null;
  const known = ['kind', ...definition.fields.map((field) => field.name), ...beside];
  return { kind, ...readFields(readObject(given, path, known, findings), definition.fields, findings) };
}

/** Reads the fields of one definition; the default of each that is missing or wrong. */
export function readFields(
  object: ReadObject,
  fields: readonly Field[],
  findings: Findings,
): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const field of fields) {
    const given = object.get(field.name);
    const follows = field.type === 'extent' && given === undefined ? field.follows : undefined;
    read[field.name] =
      follows === undefined ? readField(given, pathTo(object.path, field.name), field, findings) : read[follows];
  }
  return read;
}

function readField(value: unknown, path: string, field: Field, findings: Findings): unknown {
  switch (field.type) {
    case 'number':
    case 'integer':
      return readNumber(value, path, field, findings);
    case 'choice':
      return readChoice(value, path, field, findings);
    case 'extent':
      return readExtent(value, path, field, findings);
    case 'padding':
      return readPadding(value, path, field, findings);
    case 'kind':
      return readKind(value, path, nested[field.registry], field.default, findings);
  }
}

/** The registries that a field may point into. */
export const nested = { initializers } satisfies Record<string, Registry>;
