import type { PointInspection } from '../../src-worker/api';
import { succeed, fail, type Outcome } from '../../src-worker/problem';
import { formatBytes } from '../format';

/** From here on browsers say no more of the memory of a machine. */
const MOST_TOLD_GIB = 8;

/** What a sweep may take: half of the machine's memory, as far as the browser tells it. */
export function memoryForSweep(): number {
  const { deviceMemory = MOST_TOLD_GIB } = (globalThis.navigator ?? {}) as { readonly deviceMemory?: number };
  return (Math.min(deviceMemory, MOST_TOLD_GIB) / 2) * 2 ** 30;
}

export interface SideBySide {
  /** How many networks there is room for, at most as many as are wanted. */
  readonly workers: number;
  /** All of it: networks, and the data that they have in common. */
  readonly bytes: number;
}

/**
 * How many networks fit beside each other: each takes what the largest does, and all read the same data.
 * @param wanted from 1
 */
export function sideBySide(
  points: readonly Pick<PointInspection, 'bytes' | 'examples'>[],
  wanted: number,
  room: number,
): Outcome<SideBySide> {
  const largest = Math.max(0, ...points.map(({ bytes }) => bytes));
  const shared = Math.max(0, ...points.map(({ examples }) => examples));
  const fitting = Math.floor((room - shared) / Math.max(1, largest));
  if (fitting < 1) {
    return fail({
      code: 'sweep/memory',
      message: `A network of this sweep with its data takes ${formatBytes(largest + shared)}, and a sweep may take ${formatBytes(room)}.`,
      hint: 'Sweep over smaller networks or batches, or over fewer examples.',
    });
  }
  const workers = Math.min(wanted, fitting, points.length);
  return succeed({ workers, bytes: shared + workers * largest });
}
