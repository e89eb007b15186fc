/**
 * The few marks of a lesson's text: blank lines between blocks, `- ` before the items of a list, `$$…$$` around an equation of its own;
 * within a line `**strong**`, `*emphasis*`, `` `code` `` and `$…$` for mathematics, and a backslash before a mark that is meant as itself.
 * Everything else is text and is shown as text: there is no HTML, no link and no picture that a file could bring.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly line: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'equation'; readonly source: string };

export interface Inline {
  readonly kind: 'text' | 'strong' | 'emphasis' | 'code' | 'math';
  readonly text: string;
}

export function parseBlocks(source: string): readonly Block[] {
  return source
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(parseBlock);
}

function parseBlock(block: string): Block {
  const equation = /^\$\$([^]+)\$\$$/.exec(block)?.[1];
  if (equation !== undefined && !equation.includes('$$')) return { kind: 'equation', source: equation.trim() };
  const lines = block.split('\n').map((line) => line.trim());
  if (lines[0]!.startsWith('- ')) {
    const items: string[] = [];
    for (const line of lines) {
      if (line.startsWith('- ')) items.push(line.slice(2));
      else items.push(`${items.pop() ?? ''} ${line}`);
    }
    return { kind: 'list', items: items.map(parseInline) };
  }
  return { kind: 'paragraph', line: parseInline(lines.join(' ')) };
}

/** Longer marks first: `**` is not an empty emphasis. */
const MARKS: readonly { readonly kind: Exclude<Inline['kind'], 'text'>; readonly mark: string }[] = [
  { kind: 'strong', mark: '**' },
  { kind: 'emphasis', mark: '*' },
  { kind: 'code', mark: '`' },
  { kind: 'math', mark: '$' },
];

/** One line; a mark that is never closed is shown as it stands. */
export function parseInline(line: string): readonly Inline[] {
  const found: Inline[] = [];
  let text = '';
  let at = 0;
  const flush = (): void => {
    if (text !== '') found.push({ kind: 'text', text });
    text = '';
  };
  while (at < line.length) {
    if (line[at] === '\\' && /[*`$\\]/.test(line[at + 1] ?? '')) {
      text += line[at + 1];
      at += 2;
      continue;
    }
    const span = spanAt(line, at);
    if (span === null) {
      text += line[at]!;
      at += 1;
      continue;
    }
    flush();
    found.push(span.inline);
    at = span.end;
  }
  flush();
  return found;
}

function spanAt(line: string, at: number): { readonly inline: Inline; readonly end: number } | null {
  for (const { kind, mark } of MARKS) {
    if (!line.startsWith(mark, at)) continue;
    const start = at + mark.length;
    const end = line.indexOf(mark, start);
    // `3 * 4 * 5` is a product: a mark opens before a letter and closes behind one.
    if (end <= start || line[start] === ' ' || line[end - 1] === ' ') return null;
    return { inline: { kind, text: line.slice(start, end) }, end: end + mark.length };
  }
  return null;
}

/** The text alone, as tests and screen readers take it. */
export function plainText(source: string): string {
  return parseBlocks(source)
    .flatMap((block) => {
      if (block.kind === 'equation') return [block.source];
      return (block.kind === 'list' ? block.items : [block.line]).map(textOf);
    })
    .join('\n');
}

export function textOf(line: readonly Inline[]): string {
  return line.map(({ text }) => text).join('');
}
