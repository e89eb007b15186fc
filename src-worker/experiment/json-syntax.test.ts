import { describe, expect, it } from 'vitest';
import { locateSyntaxError } from './json-syntax';

describe('locateSyntaxError', () => {
  it.each([
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ['{"a" 1}', 5, '":"'],
    ['[1 2]', 3, '"," or "]"'],
    ['{"a": 1 "b": 2}', 8, '"," or "}"'],
    ['[1,]', 3, 'a value'],
    ['[01]', 2, '"," or "]"'],
    ['{"a": "x\ny"}', 8, 'a closing double quote'],
    ['{"a": "x', 8, 'a closing double quote'],
    ['["\\q"]', 2, 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'],
    ["{'a': 1}", 1, 'a key in double quotes'],
    ['{} x', 3, 'the end of the text'],
    ['{"a": NaN}', 6, 'a value'],
    ['// note\n{}', 0, 'a value'],
    ['[[[', 3, 'a value'],
  ])('finds the place in %j', (text, offset, expected) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(locateSyntaxError(text)).toEqual({ offset, expected });
  });

  it('agrees with JSON.parse on every prefix of a valid text: each is refused at its end', () => {
    const text = '{"a":[1,-2.5e3,{"b":"\\u00e9\\n"},[],{}],"c":true,"d":null}';
    for (let length = 0; length < text.length; length++) {
      const prefix = text.slice(0, length);
      expect(() => JSON.parse(prefix) as unknown, prefix).toThrow(SyntaxError);
      const { offset } = locateSyntaxError(prefix);
      // A cut word or number is told from its beginning.
      expect(offset, prefix).toBeGreaterThanOrEqual(Math.max(0, length - 5));
      expect(offset, prefix).toBeLessThanOrEqual(length);
    }
  });

  it('is not brought down by deep nesting', () => {
    expect(locateSyntaxError('['.repeat(200_000))).toEqual({ offset: 200_000, expected: 'a value' });
  });
});
