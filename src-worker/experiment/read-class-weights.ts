import type { ClassWeights } from './document';
import { classWeightField, trainingFields } from './fields';
import { pathTo, type Findings } from './findings';
import { readChoice, readNumber, readObject } from './read';

/** Reads `training.classWeights`: a word, or numbers by the name of a class. Whether the data have such classes is for the inspection to say. */
export function readClassWeights(value: unknown, path: string, findings: Findings): ClassWeights {
  if (typeof value !== 'object' || value === null) {
    return readChoice(value, path, trainingFields.classWeights, findings) as ClassWeights;
  }
  const given = readObject(value, path, null, findings);
  // Not an assignment per key: a class may be called __proto__, and must become an own property like any other.
  return Object.fromEntries(
    given.keys.map((name) => [name, readNumber(given.get(name), pathTo(path, name), classWeightField, findings)]),
  );
}
