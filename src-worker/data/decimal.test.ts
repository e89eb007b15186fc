import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber } from './cell';
import { DecimalScanner } from './decimal';
import { POWERS_OF_TEN } from './number-list';

const POINT = '.'.charCodeAt(0);
const scanner = new DecimalScanner();

function scanned(text: string, sign = POINT): number | null {
  return scanner.scan(text, sign) ? scanner.digits / POWERS_OF_TEN[scanner.places]! : null;
}

test.each([
  ['0', 0],
  ['-12.50', -12.5],
  ['.5', 0.5],
  ['5.', 5],
  ['007', 7],
  ['123456789012345', 123_456_789_012_345],
  ['0.00000000000001', 1e-14],
  ['-0.0', 0],
])('%s', (text, value) => {
  expect(scanned(text)).toBe(value);
});

test.each(['', '-', '.', '-.', '+1', '1e3', ' 1', '1 ', '1.2.3', '1,2', 'x', '--1', '1-', '1234567890123456'])(
  '“%s” is left to others',
  (text) => {
    expect(scanned(text)).toBeNull();
  },
);

test('a decimal comma', () => {
  expect(scanned('3,14', ','.charCodeAt(0))).toBe(3.14);
  expect(scanned('3.14', ','.charCodeAt(0))).toBeNull();
});

test('every decimal is rounded as JavaScript rounds it, and means what the patterns say', () => {
  const digits = fc.bigInt({ min: 0n, max: 999_999_999_999_999n });
  fc.assert(
    fc.property(digits, fc.nat(14), fc.boolean(), (whole, places, negative) => {
      const padded = whole.toString().padStart(places + 1, '0');
      const text = `${negative ? '-' : ''}${padded.slice(0, padded.length - places)}.${padded.slice(padded.length - places)}`;
      expect(scanned(text)).toBe(Number(text) + 0);
      expect(scanned(text)).toBe(parseNumber(text, 'point') + 0);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test('whatever it takes, the patterns take too', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('0', '7', '.', ',', '-', '+', 'e', ' '), maxLength: 8 }), (text) => {
      for (const syntax of ['point', 'comma'] as const) {
        const value = scanned(text, syntax === 'point' ? POINT : ','.charCodeAt(0));
        if (value !== null) expect(value).toBe(parseNumber(text, syntax) + 0);
      }
    }),
    { seed: 2, numRuns: 5_000 },
  );
});
