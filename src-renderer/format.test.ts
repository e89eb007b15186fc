import { expect, it } from 'vitest';
import { formatBytes, formatDuration, formatRate } from './format';

it.each([
  [0, '0'],
  [850.4, '850'],
  [61_342, '61,300'],
  [2_412_000, '2.41\u202fM'],
])('shows a rate of %d as %s', (value, text) => expect(formatRate(value)).toBe(text));

it.each([
  [0, '0\u202fB'],
  [999, '999\u202fB'],
  [12_000, '12.0\u202fkB'],
  [3_104_000, '3.10\u202fMB'],
  [2e9, '2.00\u202fGB'],
])('shows %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, '0\u202fs'],
  [1_001, '2\u202fs'],
  [65_000, '1:05\u202fmin'],
  [7_800_000, '2\u202fh 10\u202fmin'],
])('shows %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
