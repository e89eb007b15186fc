import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const docs = new URL('../docs/', import.meta.url);
const page = readFileSync(new URL('math.md', docs), 'utf8');
const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map((match) => match[1]!);
const tests = [...page.matchAll(/\]\((\.\.\/[^)]+\.test\.ts)\)\s*“([^”]+)”/g)].map((match) => ({
  file: match[1]!,
  title: match[2]!,
}));
const definitions = [...page.matchAll(/\[((?:`\w+`(?:, )?)+)\]\((\.\.\/[^)]+)\)/g)].flatMap(([, names, file]) =>
  [...names!.matchAll(/`(\w+)`/g)].map((match) => ({ file: file!, name: match[1]! })),
);

/** `numbered('3.', 2)` is 3.1 and 3.2. */
const numbered = (chapter: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${chapter}${n + 1}`);

/** `(3.1)–(3.3), (3.9)` is 3.1, 3.2, 3.3 and 3.9. */
function equationsIn(cell: string): string[] {
  return [...cell.matchAll(/\((\d+\.)?(\d+)\)(?:–\((?:\d+\.)?(\d+)\))?/g)].flatMap(
    ([, chapter = '', from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => `${chapter}${Number(from) + n}`),
  );
}

describe('docs/math.md is true', () => {
  test.each([...new Set(links)])('%s exists', (link) => {
    expect(existsSync(new URL(link, docs))).toBe(true);
  });

  test.each(tests)('$file has a test “$title”', ({ file, title }) => {
    expect(readFileSync(new URL(file, docs), 'utf8')).toContain(title);
  });

  test.each(definitions)('$file exports $name', ({ file, name }) => {
    expect(readFileSync(new URL(file, docs), 'utf8')).toMatch(new RegExp(`export (function|const) ${name}\\b`));
  });

  test.each<[string, readonly string[]]>([
    ['CS229 notes', [...numbered('1.', 9), ...numbered('2.', 15), ...numbered('3.', 39)]],
    ['Index notes', numbered('', 50)],
    ['Theta notes', numbered('1.', 3)],
  ])('names every equation of the %s once', (notes, equations) => {
    const table = page.split(`### ${notes}\n`)[1]!.split(/^##/m)[0]!;
    const named = table.split('\n').flatMap((row) => equationsIn(row.split('|')[1] ?? ''));
    expect(named.sort()).toEqual([...equations].sort());
  });

  test('every row of an equation has a function and a test, its own or the one above', () => {
    const rows = page.split('## Equation, function, test')[1]!.split('## What is kept')[0]!.split('\n');
    const equations = rows.filter((row) => row.startsWith('| ') && !/^\| (equations? |---)/.test(row));
    expect(equations.length).toBeGreaterThan(80);
    for (const row of equations) {
      const [, , , made = '', tested = ''] = row.split(/(?<!\\)\|/);
      expect(made.trim(), row).toMatch(/\]\(|^the |^all of/);
      expect(tested.trim(), row).toMatch(/\.test\.ts\)|^the same/);
    }
  });

  test('every link to a test names one', () => {
    expect(tests.length).toBe(links.filter((link) => link.endsWith('.test.ts')).length);
    expect(definitions.length).toBeGreaterThan(30);
  });
});
