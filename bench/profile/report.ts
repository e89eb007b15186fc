import { formatShare, formatSpeed, markdownTable } from '../table';
import type { Profile } from './profile';

/** A table of where the time of a step goes, a column for each number of threads. */
export function profileReport(workload: string, profiles: readonly Profile[]): string {
  const [one] = profiles;
  if (one === undefined) return '';
  const microseconds = (seconds: number): string => (seconds * 1e6).toFixed(seconds < 1e-5 ? 2 : 1);
  const header = [
    ...['instruction', 'done by'],
    ...profiles.flatMap(({ threads }) => [`µs on ${threads}`, 'of the step', 'GFLOP/s']),
  ];
  const row = (name: string, by: string, flops: number, seconds: readonly number[]): string[] => [
    ...[name, by],
    ...seconds.flatMap((taken, p) => [
      microseconds(taken),
      formatShare(taken / profiles[p]!.seconds),
      flops === 0 || taken <= 0 ? '' : formatSpeed(flops / taken / 1e9),
    ]),
  ];
  const rows = one.instructions.map(({ name, divided, waits, flops }, i) =>
    row(
      name,
      `${divided ? 'all' : 'one'}${waits ? ', waits' : ''}`,
      flops,
      profiles.map(({ instructions }) => instructions[i]!.seconds),
    ),
  );
  const listed = profiles.map(({ instructions }) => instructions.reduce((sum, { seconds }) => sum + seconds, 0));
  const flops = one.instructions.reduce((sum, instruction) => sum + instruction.flops, 0);
  const rest = row(
    'around them',
    '',
    0,
    profiles.map(({ seconds }, p) => seconds - listed[p]!),
  );
  const whole = row(
    'a step',
    '',
    flops,
    profiles.map(({ seconds }) => seconds),
  );
  return `${workload}: where the time of a step goes\n\n${markdownTable(header, [...rows, rest, whole], 2)}`;
}
