/** What a literal of Python can be in the header of a NumPy array. */
export type PythonLiteral = string | number | boolean | null | PythonLiteral[] | Map<string, PythonLiteral>;

/** Thrown where the text is no literal; `at` counts characters from its start. */
export class LiteralError extends Error {
  override readonly name = 'LiteralError';
  readonly at: number;

  constructor(at: number) {
    super('not a Python literal');
    this.at = at;
  }
}

const MAX_DEPTH = 8;
const TOKEN = /\s*(?:([[\](){},:])|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+)L?|(True|False|None)|$)/y;
const WORDS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/**
 * Reads one literal: a dictionary with texts as keys, a tuple or list (both as an array), a text, a whole number, True, False, None. Nothing
 * is evaluated.
 *
 * @throws LiteralError for everything else
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  let at = 0;
  let start = 0;
  let mark = '';
  let value: PythonLiteral = null;

  /** Moves to the next token: `mark` is a bracket, comma or colon, `v` for a value, empty at the end. */
  const next = (): void => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) throw new LiteralError(at);
    start = at;
    at = TOKEN.lastIndex;
    const [, bracket, single, double, integer, word] = found;
    mark = (bracket ?? (single ?? double ?? integer ?? word) === undefined) ? (bracket ?? '') : 'v';
    if (integer !== undefined) value = Number(integer);
    else if (word !== undefined) value = WORDS[word]!;
    else value = unescape(single ?? double ?? '');
  };

  const parse = (depth: number): PythonLiteral => {
    if (depth > MAX_DEPTH) throw new LiteralError(start);
    if (mark === 'v') {
      const literal = value;
      next();
      return literal;
    }
    if (mark === '{') return parseDictionary(depth);
    if (mark === '(' || mark === '[') return parseSequence(mark === '(' ? ')' : ']', depth);
    throw new LiteralError(start);
  };

  const parseSequence = (end: string, depth: number): PythonLiteral[] => {
    const items: PythonLiteral[] = [];
    next();
    while (mark !== end) {
      items.push(parse(depth + 1));
      separator(end);
    }
    next();
    return items;
  };

  const parseDictionary = (depth: number): Map<string, PythonLiteral> => {
    const entries = new Map<string, PythonLiteral>();
    next();
    while (mark !== '}') {
      const key = parse(depth + 1);
      if (typeof key !== 'string' || mark !== ':') throw new LiteralError(start);
      next();
      entries.set(key, parse(depth + 1));
      separator('}');
    }
    next();
    return entries;
  };

  const separator = (end: string): void => {
    if (mark === ',') next();
    else if (mark !== end) throw new LiteralError(start);
  };

  next();
  const literal = parse(0);
  if (mark !== '') throw new LiteralError(start);
  return literal;
}

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi,
    (_, short?: string, long?: string, other?: string) =>
      other === undefined ? String.fromCharCode(parseInt(short ?? long ?? '', 16)) : other,
  );
}
