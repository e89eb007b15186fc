import { describe, expect, test } from 'vitest';
import { booleanValues, findBooleanWords, spellingOf, takeBooleanWords } from './boolean';
import { columnOf } from './testing/table-of';

describe('a column of two words', () => {
  test.each([
    [['true', 'false'], 'false', 'true'],
    [['Yes', 'no', 'YES'], 'no', 'yes'],
    [['T', 'F'], 'f', 't'],
    [['on', 'off'], 'off', 'on'],
    [['ja', 'nein'], 'nein', 'ja'],
    [['J', 'N'], 'n', 'j'],
    [['oui', 'non'], 'non', 'oui'],
    [['Sí', 'No'], 'no', 'sí'],
    [['да', 'нет'], 'нет', 'да'],
  ])('%j is yes and no', (cells, no, yes) => {
    expect(findBooleanWords(columnOf('c', cells))).toEqual({ no, yes });
  });

  test.each([
    ['two other words', ['male', 'female']],
    ['one of a pair with a stranger', ['yes', 'perhaps']],
    ['a third word', ['yes', 'no', 'unknown']],
    ['a pair across languages', ['oui', 'nein']],
    ['one word only', ['yes', 'yes']],
    ['numbers', ['0', '1']],
    ['nothing', ['', '']],
  ])('%s is not', (_what, cells) => {
    expect(findBooleanWords(columnOf('c', cells))).toBeNull();
  });

  test.each([
    ['is_weekend', true],
    ['hasGarden', true],
    ['was late', true],
    ['island', false],
    ['cancelled', false],
    ['hash', false],
  ])('0 and 1 under the name %s: %s', (name, found) => {
    expect(findBooleanWords(columnOf(name, ['0', '1', '1.0']))).toEqual(found ? { no: '0', yes: '1' } : null);
  });
});

describe('a column that the person calls a boolean', () => {
  test.each([
    [['male', 'female'], { no: 'female', yes: 'male' }],
    [['10', '2'], { no: '2', yes: '10' }],
    [['yes', ''], { no: 'no', yes: 'yes' }],
    [['1', '1'], { no: '0', yes: '1' }],
    [['a', 'b', 'c'], null],
    [['a'], null],
    [['', ''], null],
  ])('%j', (cells, words) => {
    expect(takeBooleanWords(columnOf('c', cells))).toEqual(words);
  });
});

test('case and the writing of numbers make no difference; holes and other words have no value', () => {
  const column = columnOf('c', ['Yes', 'no', 'YES', '', 'perhaps', 'NA']);
  const values = booleanValues(column, { no: 'no', yes: 'yes' });
  expect([...column.codes!].map((code) => values[code])).toEqual([1, 0, 1, NaN, NaN, NaN]);
  const numbers = columnOf('c', ['1.0', '0', '1', '00']);
  const read = booleanValues(numbers, { no: '0', yes: '1' });
  expect([...numbers.codes!].map((code) => read[code])).toEqual([1, 0, 1, 0]);
});

test('a word is spelt as the column most often does', () => {
  const column = columnOf('c', ['YES', 'Yes', 'Yes', 'no']);
  expect(spellingOf(column, 'yes')).toBe('Yes');
  expect(spellingOf(column, 'maybe')).toBe('maybe');
});
