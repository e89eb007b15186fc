import { VERSION } from '../defaults';
import { from1 } from './from-1';
import type { Migration, RawDocument } from './migration';

/** Every step from the first version to the present one, in order. A new version is a file, a line here, and its row in docs/experiment-format.md. */
export const migrations: readonly Migration[] = [from1];

/**
 * The version that a document says it is of; the present one where it says none, as a document written by hand may. Null where it says
 * what is no version.
 */
export function versionOf(document: RawDocument): number | null {
  const version = Object.hasOwn(document, 'version') ? document['version'] : undefined;
  if (version === undefined) return VERSION;
  return Number.isSafeInteger(version) && Number(version) >= 1 ? Number(version) : null;
}

/**
 * Brings a document of an older version to the present one, step by step; one of the present version is given back as it is.
 * @param from its version, at most the present one
 */
export function migrate(document: RawDocument, from: number, steps: readonly Migration[] = migrations): RawDocument {
  return steps
    .filter((step) => step.from >= from)
    .reduce((older, step) => ({ ...step.migrate(older), version: step.from + 1 }), document);
}
