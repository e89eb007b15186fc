import type { Line } from '../../../src-worker/insight/steps';

/** Terms that are looked through at most: beyond it a step is too large to answer while the pointer moves. */
const MOST_TERMS = 300_000;

const cache = new WeakMap<Line, ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>>>();
const NONE: ReadonlySet<number> = new Set();

/** Entries of a line's result that entry `index` of the operand goes into; of a very large result, of its first part. */
export function touchedBy(line: Line, name: string, index: number): ReadonlySet<number> {
  let found = cache.get(line);
  if (found === undefined) {
    found = lookThrough(line);
    cache.set(line, found);
  }
  return found.get(name)?.get(index) ?? NONE;
}

function lookThrough({ result, explain }: Line): Map<string, Map<number, Set<number>>> {
  const found = new Map<string, Map<number, Set<number>>>();
  let seen = 0;
  for (let at = 0; at < result.values.length && seen < MOST_TERMS; at++) {
    for (const { factors } of explain(at)) {
      seen++;
      for (const { place } of factors) {
        if (place === undefined) continue;
        const ofName = found.get(place.name) ?? new Map<number, Set<number>>();
        found.set(place.name, ofName);
        ofName.set(place.index, (ofName.get(place.index) ?? new Set()).add(at));
      }
    }
  }
  return found;
}

/** Where the factors of entry `index` of the result stand, array by array. */
export function sourcesOf(line: Line, index: number): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const { place } of line.explain(index).flatMap(({ factors }) => factors)) {
    if (place !== undefined) found.set(place.name, (found.get(place.name) ?? new Set()).add(place.index));
  }
  return found;
}
