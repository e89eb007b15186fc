import { expect, it } from 'vitest';
import { formatNumber } from '../../charts/format';
import { Track } from '../../charts/track';
import { describeReading, linesOf } from './reading';

const series = [
  { label: 'train', color: '--ink' },
  { label: 'dev', color: '--accent' },
] as const;
const others = [
  { label: 'Run 1, dev', color: '--run-1', track: new Track() },
  { label: 'Run 2, dev', color: '--run-2', track: new Track() },
] as const;

it('reads every line that is shown and has a value there', () => {
  const reading = { x: 1200, values: [0.25, 0.5], others: [Number.NaN, 0.125], left: 0 };
  const lines = linesOf(reading, series, [false, true], others);
  expect(lines.map(({ label, value }) => [label, value])).toEqual([
    ['dev', 0.5],
    ['Run 2, dev', 0.125],
  ]);
  expect(describeReading(1200, 14_400, lines, formatNumber)).toBe(
    'epoch 1,200, step 14,400: dev 0.500, Run 2, dev 0.125',
  );
  expect(describeReading(3, null, [], formatNumber)).toBe('epoch 3: no line is here');
});
