/** Where a text stops being JSON, and what would have been right there. */
export interface SyntaxErrorPlace {
  /** In UTF-16 code units from 0; the text's length where it ends too early. */
  readonly offset: number;
  /** Such as `"," or "}"`. */
  readonly expected: string;
}

/**
 * Finds the first error in a text that `JSON.parse` has refused. The engine's own message is no help: its wording, and whether
 * it tells the place at all, differ between Node 20, 22 and Chromium. Keeps a stack of its own, so deep nesting is harmless.
 */
export function locateSyntaxError(text: string): SyntaxErrorPlace {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let wanted: Wanted = 'value';
  for (;;) {
    at = skip(SPACE, text, at);
    const char = text[at];
    const inside = open.at(-1);
    if (wanted === 'end' && inside === undefined) return { offset: at, expected: 'the end of the text' };
    if (wanted === 'end') {
      const close = inside === '{' ? '}' : ']';
      if (char === ',') wanted = inside === '{' ? 'key' : 'value';
      else if (char === close) open.pop();
      else return { offset: at, expected: `"," or "${close}"` };
      at += 1;
    } else if (wanted === 'colon') {
      if (char !== ':') return { offset: at, expected: '":"' };
      at += 1;
      wanted = 'value';
    } else if ((wanted === 'first-key' && char === '}') || (wanted === 'first-value' && char === ']')) {
      open.pop();
      at += 1;
      wanted = 'end';
    } else if (wanted === 'key' || wanted === 'first-key') {
      if (char !== '"') return { offset: at, expected: 'a key in double quotes' };
      const end = skip(STRING, text, at);
      if (end === at) return locateInString(text, at);
      at = end;
      wanted = 'colon';
    } else if (char === '{' || char === '[') {
      open.push(char);
      at += 1;
      wanted = char === '{' ? 'first-key' : 'first-value';
    } else {
      const end = skip(char === '"' ? STRING : SCALAR, text, at);
      if (end === at) return char === '"' ? locateInString(text, at) : { offset: at, expected: 'a value' };
      at = end;
      wanted = 'end';
    }
  }
}

type Wanted = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'end';

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// The JSON grammar really excludes control characters from strings, so the pattern must name them.
// eslint-disable-next-line no-control-regex
const CHARACTERS = /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;
const STRING = new RegExp(`"${CHARACTERS.source}"`, 'y');

/** The place after the longest match that begins at `at`; `at` itself where nothing matches. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function locateInString(text: string, start: number): SyntaxErrorPlace {
  const offset = skip(CHARACTERS, text, start + 1);
  if (text[offset] === '\\') return { offset, expected: 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX' };
  return { offset, expected: 'a closing double quote' };
}
