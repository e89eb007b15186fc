/** What a tokenizer tells of; texts are decoded, numbers as they are written. */
export interface JsonHandler {
  start(kind: 'object' | 'array'): void;
  end(): void;
  key(text: string): void;
  value(kind: JsonScalar, text: string): void;
}

export type JsonScalar = 'string' | 'number' | 'boolean' | 'null';

/** Thrown where text is no JSON. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly line: number;
  readonly column: number;

  constructor(what: string, line: number, column: number) {
    super(what);
    this.line = line;
    this.column = column;
  }
}

/** Deeper structures are no table, and are how parsers are made to overflow. */
export const MAX_DEPTH = 64;
/** As for a cell of CSV: a longer text is taken for a quote that never closes. */
const MAX_TEXT = 2 ** 24;
const MAX_NUMBER = 1_000;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SCALARS = new Map<string, JsonScalar>([
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
]);
const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key or }' | 'key' | ':' | ', or end' | 'the end';

/**
 * Reads JSON piece by piece, strictly as RFC 8259 has it, and holds nothing but the text at hand: what it tells of may be larger than the
 * memory. Keys are told as they come, repeated ones and `__proto__` too.
 */
export class JsonTokenizer {
  /** Of the character that is being read, from 1. */
  line = 1;
  private readonly handler: JsonHandler;
  private readonly lines: boolean;
  private offset = 0;
  private lineStart = 0;
  private expected: Expected = 'value';
  /** One letter for each open bracket: `{` or `[`. */
  private readonly open: string[] = [];
  private values = 0;
  /** Of a text, word or number that goes on in the next piece. */
  private pending = '';
  private inside: 'text' | 'escape' | 'word' | null = null;
  private isKey = false;
  private tokenOffset = 0;

  /** @param lines whether there is one value per line (JSON Lines) instead of one in all */
  constructor(handler: JsonHandler, lines: boolean) {
    this.handler = handler;
    this.lines = lines;
  }

  /** @throws JsonError */
  push(piece: string): void {
    let at = 0;
    while (at < piece.length) {
      if (this.inside === 'word') at = this.readWord(piece, at);
      else if (this.inside === null) at = this.readMark(piece, at);
      else at = this.readText(piece, at);
    }
    this.offset += piece.length;
  }

  /** @throws JsonError where something is still open, or there was nothing */
  finish(): void {
    if (this.inside === 'word') this.endWord();
    if (this.inside !== null) throw this.error('a text never ends', this.tokenOffset);
    if (this.open.length > 0) throw this.error(`it ends where ${this.inWords()} should come`, this.offset);
    if (this.values === 0) throw this.error('there is no value in it', this.offset);
  }

  private readMark(piece: string, at: number): number {
    const code = piece.charCodeAt(at);
    if (code === 0x0a) {
      if (this.lines) this.endLine(at);
      this.line++;
      this.lineStart = this.offset + at + 1;
      return at + 1;
    }
    if (code === 0x20 || code === 0x0d || code === 0x09) return at + 1;
    const mark = piece[at]!;
    if (code === QUOTE) this.beginText(at);
    else if (mark === '{' || mark === '[') this.beginNested(mark, at);
    else if (mark === '}' || mark === ']') this.endNested(mark, at);
    else if (mark === ',') this.comma(at);
    else if (mark === ':') {
      if (this.expected !== ':') throw this.unexpected(mark, at);
      this.expected = 'value';
    } else {
      this.allowValue(mark, at);
      this.inside = 'word';
      this.tokenOffset = this.offset + at;
      return at;
    }
    return at + 1;
  }

  private beginText(at: number): void {
    this.isKey = this.expected === 'key' || this.expected === 'key or }';
    if (!this.isKey) this.allowValue('"', at);
    this.inside = 'text';
    this.tokenOffset = this.offset + at;
  }

  private beginNested(mark: '{' | '[', at: number): void {
    this.allowValue(mark, at);
    if (this.open.length === MAX_DEPTH) throw this.error(`it is nested more than ${MAX_DEPTH} deep`, this.offset + at);
    this.open.push(mark);
    this.expected = mark === '{' ? 'key or }' : 'value or ]';
    this.handler.start(mark === '{' ? 'object' : 'array');
  }

  private endNested(mark: '}' | ']', at: number): void {
    const fits = this.open.at(-1) === (mark === '}' ? '{' : '[');
    const empty = mark === '}' ? 'key or }' : 'value or ]';
    if (!fits || (this.expected !== ', or end' && this.expected !== empty)) throw this.unexpected(mark, at);
    this.open.pop();
    this.handler.end();
    this.afterValue();
  }

  private comma(at: number): void {
    if (this.expected !== ', or end') throw this.unexpected(',', at);
    this.expected = this.open.at(-1) === '{' ? 'key' : 'value';
  }

  private allowValue(mark: string, at: number): void {
    if (this.expected !== 'value' && this.expected !== 'value or ]') throw this.unexpected(mark, at);
  }

  private afterValue(): void {
    if (this.open.length > 0) {
      this.expected = ', or end';
      return;
    }
    this.values++;
    this.expected = 'the end';
  }

  /** Every value of JSON Lines ends with its line, so that a broken one is found where it is. */
  private endLine(at: number): void {
    if (this.open.length > 0) throw this.error(`the line ends where ${this.inWords()} should come`, this.offset + at);
    this.expected = 'value';
  }

  private readText(piece: string, from: number): number {
    let at = from;
    if (this.inside === 'escape') {
      at = this.readEscape(piece, at);
      if (this.inside === 'escape') return at;
    }
    const start = at;
    for (; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code === QUOTE || code === BACKSLASH || code < 0x20) break;
    }
    this.pending += piece.slice(start, at);
    if (this.pending.length > MAX_TEXT) throw this.error('a text never ends', this.tokenOffset);
    if (at === piece.length) return at;
    const code = piece.charCodeAt(at);
    if (code === QUOTE) this.endText();
    else if (code === BACKSLASH) {
      this.inside = 'escape';
      this.escape = '';
    } else {
      const what = code === 0x0a ? 'the end of a line' : 'a control character';
      throw this.error(`${what} stands inside a text, where it must be escaped`, this.offset + at);
    }
    return at + 1;
  }

  private escape = '';

  private readEscape(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      this.escape += piece[at]!;
      const letter = ESCAPES.get(this.escape);
      const isPoint = /^u[0-9a-fA-F]{0,4}$/.test(this.escape);
      if (letter === undefined && !isPoint) {
        throw this.error(`\\${JSON.stringify(this.escape).slice(1, -1)} is no escape`, this.offset + at);
      }
      if (isPoint && this.escape.length < 5) continue;
      this.pending += letter ?? String.fromCharCode(parseInt(this.escape.slice(1), 16));
      this.inside = 'text';
      return at + 1;
    }
    return piece.length;
  }

  private endText(): void {
    const text = this.pending;
    this.pending = '';
    this.inside = null;
    if (this.isKey) {
      this.expected = ':';
      this.handler.key(text);
      return;
    }
    this.handler.value('string', text);
    this.afterValue();
  }

  private readWord(piece: string, from: number): number {
    let at = from;
    for (; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      const goesOn =
        (code >= 0x30 && code <= 0x39) ||
        (code >= 0x61 && code <= 0x7a) ||
        (code >= 0x41 && code <= 0x5a) ||
        code === 0x2b ||
        code === 0x2d ||
        code === 0x2e ||
        code === 0x5f ||
        code > 0x7f;
      if (!goesOn) break;
    }
    this.pending += piece.slice(from, at);
    if (this.pending.length > MAX_NUMBER) throw this.error('a number or word never ends', this.tokenOffset);
    if (at === piece.length) return at;
    this.endWord(piece[at]);
    return at;
  }

  private endWord(next = ''): void {
    const word = this.pending;
    this.pending = '';
    this.inside = null;
    const kind = SCALARS.get(word) ?? (NUMBER.test(word) ? 'number' : null);
    if (kind === null) {
      const shown = JSON.stringify((word === '' ? next : word).slice(0, 20));
      const hint = /^(?:-?(?:nan|inf(?:inity)?))$/i.test(word) ? '; JSON writes a missing number as null' : '';
      throw this.error(`${shown} is no value${hint}`, this.tokenOffset);
    }
    this.handler.value(kind, word);
    this.afterValue();
  }

  private unexpected(mark: string, at: number): JsonError {
    return this.error(`${JSON.stringify(mark)} stands where ${this.inWords()} should come`, this.offset + at);
  }

  private inWords(): string {
    switch (this.expected) {
      case 'value':
        return 'a value';
      case 'value or ]':
        return 'a value or ]';
      case 'key or }':
        return 'a name in quotes or }';
      case 'key':
        return 'a name in quotes';
      case ':':
        return 'a colon';
      case ', or end':
        return `a comma or ${this.open.at(-1) === '{' ? '}' : ']'}`;
      case 'the end':
        return this.lines ? 'the end of the line' : 'the end of the file';
    }
  }

  private error(what: string, offset: number): JsonError {
    return new JsonError(what, this.line, Math.max(1, offset - this.lineStart + 1));
  }
}
