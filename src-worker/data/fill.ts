import type { MissingPolicy } from '../api';
import type { Statistics } from './scaling';

/**
 * What a hole becomes among values of the training part, NaN of which are holes; 0 where there are none.
 * @param values asked for where their statistics do not do; may be reordered
 */
export function fillFor(policy: MissingPolicy, values: () => Float64Array, { count, mean }: Statistics): number {
  switch (policy) {
    // A row with a hole in a training table is dropped; in a row to answer it still has to become something.
    case 'drop':
    case 'mean':
      return mean;
    case 'median':
      return median(values(), count);
    case 'most-frequent':
      return mostFrequent(values());
  }
}

/** The middle value of the `count` numbers; the mean of the two in the middle of an even count. */
function median(values: Float64Array, count: number): number {
  if (count === 0) return 0;
  // Holes come behind all numbers.
  values.sort();
  const middle = count >> 1;
  return count % 2 === 1 ? values[middle]! : values[middle - 1]! / 2 + values[middle]! / 2;
}

/** The value that stands in most rows; the least of several. */
function mostFrequent(values: Float64Array): number {
  values.sort();
  let best = { value: 0, count: 0 };
  for (let first = 0, next = 0; first < values.length && !Number.isNaN(values[first]); first = next) {
    while (values[next] === values[first]) next++;
    if (next - first > best.count) best = { value: values[first]!, count: next - first };
  }
  return best.value;
}
