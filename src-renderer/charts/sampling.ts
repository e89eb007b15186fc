/** Index of the value nearest to `x` in an ascending list; −1 where the list is empty. */
export function nearestIndex(ascending: readonly number[], x: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= x) low = middle;
    else high = middle;
  }
  if (high < 0) return -1;
  return Math.abs(ascending[high]! - x) < Math.abs(x - ascending[low]!) ? high : low;
}

/** At most `count` indices into a list of `length`, evenly spread, first and last included. */
export function spreadIndices(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}
