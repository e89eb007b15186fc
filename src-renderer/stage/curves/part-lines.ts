import type { LineSeries } from '../../charts/line-chart';

/** The lines of the present run. */
export const PART_LINES = [
  { label: 'train', color: '--ink' },
  { label: 'dev', color: '--accent' },
] as const satisfies readonly LineSeries[];
