import { expect, test } from 'vitest';
import type { ExportFormatInfo } from '../../src-main/bridge';
import { proofWords, shortDifference } from './export-words';

const format: ExportFormatInfo = {
  ...{
    id: 'javascript',
    label: 'JavaScript',
    extension: 'mjs',
    purpose: '',
    options: [],
    takesData: false,
    proves: 'reread',
  },
};

test('a difference is one digit and a power of ten', () => {
  expect(shortDifference(6.3e-8)).toBe('6 × 10⁻⁸');
  expect(shortDifference(0.00012)).toBe('1 × 10⁻⁴');
  expect(shortDifference(Infinity)).toContain('not a number');
});

test('a proof says how many rows and how near', () => {
  const read = { kind: 'reread', rows: 8, largestDifference: 6e-8, sameAnswers: true } as const;
  expect(proofWords(read, format)).toBe('Read back: 8 test rows answered as in Layerlab, within 6 × 10⁻⁸.');
  expect(proofWords({ ...read, largestDifference: 0 }, format)).toContain('to the last digit');
  expect(proofWords({ ...read, sameAnswers: false }, format)).toContain('an answer differs');
  expect(proofWords({ kind: 'checks-itself', rows: 1 }, format)).toContain('1 test row ');
});
