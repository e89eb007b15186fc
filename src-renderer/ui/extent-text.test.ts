import { describe, expect, it } from 'vitest';
import type { ExtentField } from '../../src-worker/api';
import { extentComplaint, formatExtent, parseExtent, stepExtent } from './extent-text';

const field: ExtentField = {
  name: 'kernel',
  label: 'Kernel',
  help: '.',
  type: 'extent',
  default: 3,
  min: 1,
  max: 1024,
};

describe('height and width as text', () => {
  it.each([
    ['5', 5],
    [' 5 × 3 ', [5, 3]],
    ['5x3', [5, 3]],
    ['5X3', [5, 3]],
    ['5, 3', [5, 3]],
    ['5 3', [5, 3]],
    ['4 × 4', 4],
  ] as const)('%s is read', (text, extent) => {
    expect(parseExtent(text)).toEqual(extent);
  });

  it.each(['', 'x', '5 ×', '× 5', '1.5', '-1', '1 2 3', '5 x y'])('%j is not', (text) => {
    expect(parseExtent(text)).toBeNull();
    expect(extentComplaint(field, text)).toMatch(/\.$/);
  });

  it('keeps to the range', () => {
    expect(extentComplaint(field, '0')).toBe('At least 1, please.');
    expect(extentComplaint(field, '3 × 2000')).toBe('At most 1,024, please.');
    expect(extentComplaint(field, '3 × 5')).toBeNull();
  });

  it('is written so that it reads back', () => {
    for (const extent of [1, 5, [5, 3], [1, 1024]] as const) expect(parseExtent(formatExtent(extent))).toEqual(extent);
  });

  it('steps both numbers, and stops at the range', () => {
    expect(stepExtent(field, 3, 1)).toBe(4);
    expect(stepExtent(field, [1, 3], -1)).toEqual([1, 2]);
    expect(stepExtent(field, [1, 2], -1)).toBe(1);
    expect(stepExtent(field, 1024, 1)).toBe(1024);
  });
});
