import { expect, test } from 'vitest';
import { parseBlocks, parseInline, plainText } from './markup';

test('blank lines part paragraphs, lists and equations', () => {
  expect(parseBlocks('One\nline.\n\n$$z = wx$$\n\n- first\n- second\n  goes on')).toEqual([
    { kind: 'paragraph', line: [{ kind: 'text', text: 'One line.' }] },
    { kind: 'equation', source: 'z = wx' },
    {
      kind: 'list',
      items: [[{ kind: 'text', text: 'first' }], [{ kind: 'text', text: 'second goes on' }]],
    },
  ]);
});

test('reads strong, emphasis, code and mathematics within a line', () => {
  expect(parseInline('Press **Train** for *all* `W1`, $a_1$.')).toEqual([
    { kind: 'text', text: 'Press ' },
    { kind: 'strong', text: 'Train' },
    { kind: 'text', text: ' for ' },
    { kind: 'emphasis', text: 'all' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'W1' },
    { kind: 'text', text: ', ' },
    { kind: 'math', text: 'a_1' },
    { kind: 'text', text: '.' },
  ]);
});

test('shows marks as they stand where they are escaped, alone or around spaces', () => {
  for (const line of ['3 * 4 * 5', 'a lone ** or $', '`never closed']) {
    expect(parseInline(line)).toEqual([{ kind: 'text', text: line }]);
  }
  expect(plainText('costs \\$5 and \\*more\\*')).toBe('costs $5 and *more*');
});

test('takes HTML for text', () => {
  const hostile = '<img src=x onerror=alert(1)> [a](javascript:alert(1))';
  expect(parseBlocks(hostile)).toEqual([{ kind: 'paragraph', line: [{ kind: 'text', text: hostile }] }]);
});
