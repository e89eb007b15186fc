import { describe, expect, it } from 'vitest';
import { formatRatio, formatSeconds, formatShare, formatSpeed, markdownTable } from './table';

describe('formatSpeed', () => {
  it.each([
    [0.3456, '0.346'],
    [54.04, '54'],
    [238.4, '238'],
    [999.6, '1,000'],
    [28_231, '28,200'],
    [1_234_567, '1,230,000'],
  ])('writes %d as %s', (speed, expected) => {
    expect(formatSpeed(speed)).toBe(expected);
  });
});

describe('formatRatio', () => {
  it('marks a ratio whose spreads overlap', () => {
    expect(formatRatio({ ratio: 1.234, certain: true })).toBe('1.23 ×');
    expect(formatRatio({ ratio: 1.234, certain: false })).toBe('~1.23 ×');
    expect(formatRatio({ ratio: 1234.5, certain: true })).toBe('1235 ×');
  });
});

describe('formatShare', () => {
  it.each([
    [0.873, '87 %'],
    [1.321, '132 %'],
    [0.0123, '1.2 %'],
  ])('writes %d as %s', (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });
});

describe('formatSeconds', () => {
  it.each([
    [0.000_000_81, '0.81 µs'],
    [0.000_123_4, '123 µs'],
    [0.004_567, '4.57 ms'],
    [3.21, '3.21 s'],
  ])('writes %d as %s', (seconds, expected) => {
    expect(formatSeconds(seconds)).toBe(expected);
  });
});

describe('markdownTable', () => {
  it('aligns words to the left and numbers to the right', () => {
    const rows = [
      ['a', 'wasm', '1'],
      ['longer', '', '1,000'],
    ];
    expect(markdownTable(['peer', 'on', 'steps/s'], rows, 2).split('\n')).toEqual([
      '| peer   | on   | steps/s |',
      '| ------ | ---- | ------: |',
      '| a      | wasm |       1 |',
      '| longer |      |   1,000 |',
    ]);
  });
});
