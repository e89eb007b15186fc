import { describe, expect, it } from 'vitest';
import { speedOf } from './statistics';
import { formatRatio, formatSpeed, workloadTable } from './table';

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

describe('workloadTable', () => {
  it('puts ourselves first and compares every peer with us', () => {
    const peer = (name: string, seconds: readonly number[]) => ({
      peer: name,
      title: `The ${name}`,
      about: 'wasm',
      losses: [0.7, 0.1746965],
      stepsPerRepeat: 100,
      stepsPerSecond: speedOf(100, seconds),
    });
    const table = workloadTable({
      workload: 'playground',
      title: '2 → 1',
      checkedSteps: [0, 500],
      peers: [peer('ours', [0.001, 0.002, 0.004]), peer('slow', [1, 1, 2]), peer('near', [0.002, 0.003, 0.004])],
    });
    expect(table.split('\n')).toEqual([
      'playground: 2 → 1',
      '',
      '| peer     | runs on | steps/s, median (best) | slowest | ours ÷ peer | loss after 500 steps |',
      '|----------|---------|-----------------------:|--------:|------------:|---------------------:|',
      '| The ours | wasm    |       50,000 (100,000) |  25,000 |             |             0.174697 |',
      '| The slow | wasm    |              100 (100) |      50 |       500 × |             0.174697 |',
      '| The near | wasm    |        33,300 (50,000) |  25,000 |     ~1.50 × |             0.174697 |',
    ]);
  });
});
