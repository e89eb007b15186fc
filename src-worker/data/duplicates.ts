import type { Part } from '../engine';
import type { Problem } from '../problem';
import { counted } from './infer-type';

/** For each of `count` things the first that is the same; itself where none is. */
export type Firsts = Uint32Array;

/**
 * Finds which of 0 … count − 1 are the same, in time proportional to their number.
 *
 * @param hashOf equal for things that are the same, and seldom equal otherwise
 * @param same whether two things of equal hash are the same indeed
 */
export function findFirsts(count: number, hashOf: Uint32Array, same: (a: number, b: number) => boolean): Firsts {
  let size = 16;
  while (size < 2 * count) size *= 2;
  const table = new Uint32Array(size);
  const firsts = new Uint32Array(count);
  for (let thing = 0; thing < count; thing++) {
    let slot = hashOf[thing]! & (size - 1);
    // Open addressing: a slot holds a thing's number plus 1, 0 is free.
    for (let held = table[slot]!; held !== 0; held = table[slot]!) {
      if (hashOf[held - 1] === hashOf[thing] && same(held - 1, thing)) break;
      slot = (slot + 1) & (size - 1);
    }
    if (table[slot] === 0) table[slot] = thing + 1;
    firsts[thing] = table[slot]! - 1;
  }
  return firsts;
}

/** One step of a hash over 32-bit words. Source: A. Appleby, MurmurHash3 (public domain). */
export function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) >>> 0;
}

/** Spreads the last bits over all: a table is addressed by the lowest. */
export function finishHash(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** Which examples of one file are the same, and which of them take part. */
export interface Repeats {
  readonly firsts: Firsts;
  readonly parts: Readonly<Record<Part, Uint32Array>>;
}

/** More copies than this are no list that a document should hold: they are a matter of the file. */
const MOST_COPIES = 10_000;

/**
 * The examples that take part and repeat another, rising: each but one of its kind, which is one of the training part where that has any.
 * Empty where they are more than a document should name.
 */
export function copiesIn({ firsts, parts }: Repeats): readonly number[] {
  const seen = new Uint8Array(firsts.length);
  const copies: number[] = [];
  for (const part of ['train', 'dev', 'test'] as const) {
    for (const row of parts[part]) {
      if (seen[firsts[row]!] === 0) seen[firsts[row]!] = 1;
      else if (copies.length === MOST_COPIES) return [];
      else copies.push(row);
    }
  }
  return copies.sort((a, b) => a - b);
}

/** What a warning says of repeated examples; null where no example that takes part repeats another. */
export function warnOfDuplicates({ firsts, parts }: Repeats, noun: 'row' | 'image', file: string): Problem | null {
  // By the first of its kind: an example seen before, plus 1, and whether one was in the training part.
  const seen = new Uint32Array(firsts.length);
  const trained = new Uint8Array(firsts.length);
  let repeated = 0;
  let across = 0;
  let example: readonly [number, number] | null = null;
  for (const part of ['train', 'dev', 'test'] as const) {
    for (const row of parts[part]) {
      const first = firsts[row]!;
      if (part === 'train') trained[first] = 1;
      if (seen[first] === 0) {
        seen[first] = row + 1;
        continue;
      }
      repeated++;
      const crosses = part !== 'train' && trained[first] === 1;
      if (crosses) across++;
      if (example === null || (crosses && across === 1)) example = [seen[first]!, row + 1];
    }
  }
  if (example === null) return null;
  const such = `such as ${noun} ${Math.max(...example).toLocaleString('en')} and ${noun} ${Math.min(...example).toLocaleString('en')}`;
  if (across === 0) {
    return {
      code: 'data/duplicates',
      message: `${counted(repeated, noun)} of ${file} ${repeated === 1 ? 'is the same as another' : 'are the same as others'}, ${such}.`,
      hint: 'Leave them out if they are the same example twice.',
      file,
    };
  }
  return {
    code: 'data/duplicates-across-parts',
    message: `${counted(across, noun)} of dev and test ${across === 1 ? 'stands' : 'stand'} in the training part too, ${such}: their scores flatter.`,
    hint: 'Leave repeated examples out if they are the same example twice.',
    file,
  };
}
