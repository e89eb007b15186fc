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

  test('every link to a test names one', () => {
    expect(tests.length).toBe(links.filter((link) => link.endsWith('.test.ts')).length);
    expect(definitions.length).toBeGreaterThan(30);
  });
});
