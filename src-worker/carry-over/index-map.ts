import { sizeOf, type Shape } from '../tensor';

/** For each new index the old index of the same thing; −1 for what is new. */
export type IndexMap = Int32Array;

/** The first `before` of `after` things are the old ones. */
export function prefixMap(before: number, after: number): IndexMap {
  return Int32Array.from({ length: after }, (_, i) => (i < before ? i : -1));
}

/** The same things, by their names; of equal names the first. */
export function namesMap(before: readonly string[], after: readonly string[]): IndexMap {
  const places = new Map<string, number>();
  before.forEach((name, i) => {
    if (!places.has(name)) places.set(name, i);
  });
  return Int32Array.from(after, (name) => {
    const place = places.get(name) ?? -1;
    places.delete(name);
    return place;
  });
}

/**
 * The numbers of an array of another shape that have the same coordinates, row-major. Where the number of dimensions differs, as
 * between an image and its flattened row, the numbers go by their order.
 */
export function overlapMap(before: Shape, after: Shape): IndexMap {
  if (before.length !== after.length) return prefixMap(sizeOf(before), sizeOf(after));
  let map: IndexMap = Int32Array.of(0);
  before.forEach((old, axis) => {
    const length = after[axis]!;
    const next = new Int32Array(map.length * length);
    for (let i = 0; i < next.length; i++) {
      const [outer, inner] = [map[Math.floor(i / length)]!, i % length];
      next[i] = outer < 0 || inner >= old ? -1 : outer * old + inner;
    }
    map = next;
  });
  return map;
}

/**
 * The numbers of an array whose every axis has a map.
 * @param before its old shape
 */
export function productMap(before: Shape, axes: readonly IndexMap[]): IndexMap {
  let map: IndexMap = Int32Array.of(0);
  axes.forEach((axis, which) => {
    const next = new Int32Array(map.length * axis.length);
    for (let i = 0; i < next.length; i++) {
      const [outer, inner] = [map[Math.floor(i / axis.length)]!, axis[i % axis.length]!];
      next[i] = outer < 0 || inner < 0 ? -1 : outer * before[which]! + inner;
    }
    map = next;
  });
  return map;
}
