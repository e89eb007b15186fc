import { describe, expect, it } from 'vitest';
import { readArguments, readCount, readOneOf } from './arguments';

const options = { data: { type: 'list' }, epochs: { type: 'string' } } as const;
const read = (...args: string[]) => readArguments('train', args, ['EXPERIMENT'], options);

describe('readArguments', () => {
  it('takes lists with several values, repeated or both', () => {
    const { positionals, list, value } = read('a.json', '--data', 'x', 'y', '--epochs', '3', '--data', 'z');
    expect(positionals).toEqual(['a.json']);
    expect(list('data')).toEqual(['x', 'y', 'z']);
    expect(value('epochs')).toBe('3');
    expect(read('a.json').list('data')).toEqual([]);
    expect(read('a.json', '--data=x').list('data')).toEqual(['x']);
  });

  it.each<[string[], RegExp]>([
    [[], /^EXPERIMENT is missing/],
    [['--data', 'a.csv', 'a.json'], /^EXPERIMENT is missing/],
    [['a.json', 'b.json'], /"b\.json" is one argument too many/],
    [['a.json', '--epoch', '3'], /--epoch is not an option.*did you mean --epochs\?/],
    [['a.json', '-x'], /-x is not an option/],
    [['a.json', '--epochs'], /--epochs needs a value/],
    [['a.json', '--data'], /--data needs a value/],
    [['a.json', '--data', '--epochs', '2'], /--data needs a value/],
    [['a.json', '--epochs', '--data', 'x'], /--epochs needs a value/],
    [['a.json', '--epochs', '1', '--epochs', '2'], /--epochs is given twice/],
    [['a.json', '--__proto__', 'x'], /--__proto__ is not an option/],
  ])('refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});

it('readCount takes whole numbers from the least one on', () => {
  expect(readCount('train', 'epochs', undefined, 1)).toBeUndefined();
  expect(readCount('train', 'epochs', '12', 1)).toBe(12);
  for (const text of ['0', '-3', '1.5', '1e3', 'many', '', '99999999999999999999']) {
    expect(() => readCount('train', 'epochs', text, 1)).toThrow(
      `--epochs must be a whole number of at least 1, but is "${text}".`,
    );
  }
});

it('readOneOf takes what is known', () => {
  expect(readOneOf('train', 'backend', 'wasm', ['wasm', 'reference'])).toBe('wasm');
  expect(() => readOneOf('train', 'backend', 'gpu', ['wasm', 'reference'])).toThrow('wasm or reference');
});
