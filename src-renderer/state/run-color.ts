import type { ColorToken } from '../charts/theme-colors';

const COLORS = ['--run-1', '--run-2', '--run-3', '--run-4', '--run-5', '--run-6', '--run-7', '--run-8'] as const;

/** The colour of a run: always the same, whatever other runs there are. */
export function runColor(number: number): ColorToken {
  return COLORS[(number - 1) % COLORS.length]!;
}
