import type { LayerSpec } from './document';
import { sameValue } from './same-value';

/**
 * Which layer each layer of an edited document continues: the index of the same object, else of an equal layer, else of what stands
 * in its place between two that are known. An edit makes new objects of what it changes and of nothing else, so within one
 * window two equal layers are told apart.
 * @returns for each layer of `after` an index in `before`, each at most once, or null for a new one
 */
export function followLayers(before: readonly LayerSpec[], after: readonly LayerSpec[]): readonly (number | null)[] {
  const from: (number | null)[] = after.map(() => null);
  const free = new Set(before.keys());
  const take = (index: number, old: number): void => {
    from[index] = old;
    free.delete(old);
  };
  for (const same of [Object.is, sameValue]) {
    after.forEach((layer, index) => {
      if (from[index] !== null) return;
      const old = [...free].find((candidate) => same(before[candidate], layer));
      if (old !== undefined) take(index, old);
    });
  }
  // What is left stood behind a known neighbour and still does: a field of it was changed.
  after.forEach((layer, index) => {
    if (from[index] !== null) return;
    const expected = index === 0 ? 0 : (from[index - 1] ?? Number.NaN) + 1;
    if (free.has(expected) && before[expected]!.kind === layer.kind) take(index, expected);
  });
  for (let index = after.length - 1; index >= 0; index--) {
    if (from[index] !== null) continue;
    const expected = index === after.length - 1 ? before.length - 1 : (from[index + 1] ?? Number.NaN) - 1;
    if (free.has(expected) && before[expected]!.kind === after[index]!.kind) take(index, expected);
  }
  return from;
}
