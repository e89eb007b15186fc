import type { BuildInfo } from '../../src-worker/api';
import type { Pace } from './pace';

/** A run, as far as it tells what it leaves of the machine. */
export interface Load {
  readonly phase: string;
  readonly pace: Pace;
  readonly info: Pick<BuildInfo, 'threads'> | null;
}

/**
 * Whether training takes every core: its threads wait for one another at every layer, so that each that must let the window have its core
 * holds up all of them. Whoever watches wants to see more than speed.
 */
export function crowds({ phase, pace, info }: Load): boolean {
  const trains = phase === 'training' && pace === 'full-speed';
  return trains && (info?.threads ?? 1) >= (globalThis.navigator?.hardwareConcurrency ?? Infinity);
}
