import type { Scaling } from '../api';

/** value → (value − offset) · scale, in float64. */
export interface LinearScaling {
  readonly offset: number;
  readonly scale: number;
}

/** What is known of some values; all in one pass over them, then one for the deviation. */
export interface Statistics {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** √((1/m) Σ (v − mean)²): of these m values, not an estimate for others. */
  readonly deviation: number;
}

/** Statistics of the values that are numbers; NaN stands for a hole. Without any, mean 0 and deviation 0. */
export function measureValues(values: Float64Array): Statistics {
  return measureBlocks((use) => use(values, values.length));
}

/** As {@link measureValues}, of values that need not lie side by side. */
export function measure(count: number, valueAt: (index: number) => number): Statistics {
  return measureFilled(count, (block, first) => {
    for (let index = 0; index < block.length; index++) block[index] = valueAt(first + index);
  });
}

/** As {@link measureValues}, of values that are brought a block at a time: those from number `first` on. */
export function measureFilled(count: number, fill: (block: Float64Array, first: number) => void): Statistics {
  const values = new Float64Array(Math.min(count, BLOCK));
  return measureBlocks((use) => {
    for (let first = 0; first < count; first += BLOCK) {
      const block = values.subarray(0, count - first);
      fill(block, first);
      use(block, block.length);
    }
  });
}

const BLOCK = 4_096;

/** @param eachBlock gives all values in order, block by block; called twice */
function measureBlocks(eachBlock: (use: (block: Float64Array, length: number) => void) => void): Statistics {
  let present = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  eachBlock((block, length) => {
    for (let index = 0; index < length; index++) {
      const value = block[index]!;
      if (Number.isNaN(value)) continue;
      present++;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  });
  if (present === 0) return { count: 0, min: 0, max: 0, mean: 0, deviation: 0 };
  // Of equal values the mean may be off in its last digit, which would be scaled up to a deviation.
  const mean = min === max ? min : sum / present;
  let squares = 0;
  eachBlock((block, length) => {
    for (let index = 0; index < length; index++) {
      const distance = block[index]! - mean;
      if (!Number.isNaN(distance)) squares += distance * distance;
    }
  });
  return { count: present, min, max, mean, deviation: Math.sqrt(squares / present) };
}

/**
 * The scaling that brings values with these statistics to mean 0 and deviation 1 (`standard`) or between 0 and 1
 * (`min-max`). Values that are all the same become 0.
 */
export function fitScaling(scaling: Scaling, { min, max, mean, deviation }: Statistics): LinearScaling {
  switch (scaling) {
    case 'standard':
      return { offset: mean, scale: inverse(deviation) };
    case 'min-max':
      return { offset: min, scale: inverse(max - min) };
    case 'none':
      return { offset: 0, scale: 1 };
  }
}

/** 1 for a width of zero, or one so small that its inverse is no number. */
function inverse(width: number): number {
  return Number.isFinite(1 / width) ? 1 / width : 1;
}

/** The value whose input is (value − offset) · scale; of a constant, which is scaled to 0, the constant. */
export function unscaled(input: number, offset: number, scale: number): number {
  return scale === 0 ? offset : input / scale + offset;
}
