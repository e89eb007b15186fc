import type { MissingPolicy } from '../api';
import type { Statistics } from './scaling';

/** What a hole becomes among values of the training part, NaN of which are holes; 0 where there are none. */
export function fillFor(
  policy: MissingPolicy,
  count: number,
  valueAt: (index: number) => number,
  { mean }: Statistics,
): number {
  switch (policy) {
    // A row with a hole in a training table is dropped; in a row to answer it still has to become something.
    case 'drop':
    case 'mean':
      return mean;
    case 'median':
      return median(count, valueAt);
    case 'most-frequent':
      return mostFrequent(count, valueAt);
  }
}

/** The middle value; the mean of the two in the middle of an even number. */
function median(count: number, valueAt: (index: number) => number): number {
  const values = presentValues(count, valueAt).sort();
  const middle = values.length >> 1;
  if (values.length === 0) return 0;
  return values.length % 2 === 1 ? values[middle]! : values[middle - 1]! / 2 + values[middle]! / 2;
}

/** The value that stands in most rows; the least of several. */
function mostFrequent(count: number, valueAt: (index: number) => number): number {
  const counts = new Map<number, number>();
  for (const value of presentValues(count, valueAt)) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = { value: 0, count: 0 };
  for (const [value, times] of counts) {
    if (times > best.count || (times === best.count && value < best.value)) best = { value, count: times };
  }
  return best.value;
}

function presentValues(count: number, valueAt: (index: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => valueAt(index)).filter((value) => !Number.isNaN(value));
}
