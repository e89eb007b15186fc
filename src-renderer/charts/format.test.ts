import { describe, expect, it } from 'vitest';
import { formatCell, formatCount, formatNumber, formatPercent, formatPlural } from './format';

describe('formatNumber keeps three significant figures', () => {
  it.each([
    [0, '0.00'],
    [0.21, '0.210'],
    [0.00123, '0.00123'],
    [0.01, '0.0100'],
    [1, '1.00'],
    [9.996, '10.0'],
    [0.9996, '1.00'],
    [12.54, '12.5'],
    [-3.7, '−3.70'],
    [3360.4, '3,360'],
    [1234567, '1,234,567'],
    [2.5e7, '2.50e7'],
    [0.000012, '1.20e-5'],
    [Number.NaN, '–'],
    [null, '–'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%s is %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('other numbers', () => {
  it('writes shares as percent with one decimal and a thin space', () => {
    expect(formatPercent(0.925)).toBe('92.5\u202f%');
    expect(formatPercent(1)).toBe('100.0\u202f%');
    expect(formatPercent(null)).toBe('–');
  });

  it('groups thousands', () => expect(formatCount(3360)).toBe('3,360'));

  it('leaves whole cells whole', () => {
    expect(formatCell(181)).toBe('181');
    expect(formatCell(43.92193)).toBe('43.9');
  });

  it('counts things', () => {
    expect(formatPlural(1, 'row')).toBe('1 row');
    expect(formatPlural(1200, 'row')).toBe('1,200 rows');
    expect(formatPlural(2, 'class', 'classes')).toBe('2 classes');
  });
});
