import { expect, it } from 'vitest';
import { writeNumber } from './write-number';

it.each([
  [0, '0'],
  [0.01, '0.01'],
  [1e-7, '1e-7'],
  [48_000, '48000'],
  [100_001, '100001'],
  [1e5, '1e5'],
  [-2.5e7, '-2.5e7'],
  [16_777_216, '16777216'],
  [1e12, '1e12'],
  [1.5e300, '1.5e300'],
])('writes %s as %s, which is that number again', (value, text) => {
  expect(writeNumber(value)).toBe(text);
  expect(Number(text)).toBe(value);
});
