import { finishHash, mix } from './duplicates';
import { MAX_CATEGORIES } from './limits';
import type { NumberList } from './number-list';

/**
 * How many different numbers a list holds. Numbers that only rise or only fall are all different, as those of an index are; of others the
 * count stops at {@link MAX_CATEGORIES}.
 */
export function countDifferent(numbers: NumberList): number {
  return countMonotone(numbers) ?? countHashed(numbers);
}

/** Null where the numbers rise and fall, or one comes again. */
function countMonotone(numbers: NumberList): number | null {
  let count = 0;
  let last = NaN;
  let direction = 0;
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers.at(row);
    if (Number.isNaN(value)) continue;
    if (count++ > 0) {
      const step = Math.sign(value - last);
      if (step === 0 || step === -direction) return null;
      direction = step;
    }
    last = value;
  }
  return count;
}

const SLOTS = 2 ** 18;

function countHashed(numbers: NumberList): number {
  // Open addressing, less than half full; NaN is a free slot.
  const slots = new Float64Array(SLOTS).fill(NaN);
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  let count = 0;
  for (let row = 0; row < numbers.length && count < MAX_CATEGORIES; row++) {
    // −0 is the same number as 0.
    const value = numbers.at(row) + 0;
    if (Number.isNaN(value)) continue;
    float[0] = value;
    let slot = finishHash(mix(mix(0, words[0]!), words[1]!)) & (SLOTS - 1);
    while (!Number.isNaN(slots[slot]) && slots[slot] !== value) slot = (slot + 1) & (SLOTS - 1);
    if (slots[slot] === value) continue;
    slots[slot] = value;
    count++;
  }
  return count;
}
