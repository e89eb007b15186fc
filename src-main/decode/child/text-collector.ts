import type { DecodedColumn } from '../../../src-worker/data/decoded/decoded-table';
import {
  GUARANTEED_TEXTS,
  MAX_CATEGORIES,
  MAX_TEXT_CHARACTERS,
  MAX_TEXTS,
  PREVIEW_CHARACTERS,
  PREVIEW_ROWS,
} from '../../../src-worker/data/limits';

/** What the texts of all columns of one table may still take; shared by its collectors. */
export interface TextAllowance {
  texts: number;
  characters: number;
}

export function createTextAllowance(): TextAllowance {
  return { texts: MAX_TEXTS, characters: MAX_TEXT_CHARACTERS };
}

/** Takes the texts of a column one by one and keeps each different one once, until they are too many: then it only counts holes. */
export class TextCollector {
  private readonly allowance: TextAllowance;
  private readonly codeOf = new Map<string, number>();
  private codes: Uint32Array | null = new Uint32Array(64);
  private readonly first: string[] = [];
  private length = 0;
  private holes = 0;

  constructor(allowance: TextAllowance) {
    this.allowance = allowance;
  }

  /** @param text null or empty for a hole */
  add(text: string | null): void {
    const row = this.length++;
    if (row < PREVIEW_ROWS) this.first.push(text?.slice(0, PREVIEW_CHARACTERS) ?? '');
    const hole = text === null || text === '';
    if (hole) this.holes++;
    if (this.codes === null) return;
    const code = hole ? 0 : this.codeFor(text);
    if (code === null) {
      this.codes = null;
      this.codeOf.clear();
      return;
    }
    if (row === this.codes.length) {
      const wider = new Uint32Array(2 * row);
      wider.set(this.codes);
      this.codes = wider;
    }
    this.codes[row] = code;
  }

  /** Null where the text would be one too many. */
  private codeFor(text: string): number | null {
    const known = this.codeOf.get(text);
    if (known !== undefined) return known;
    const { codeOf, allowance } = this;
    const spent = allowance.texts <= 0 || allowance.characters < text.length;
    if (codeOf.size >= MAX_CATEGORIES || (spent && codeOf.size >= GUARANTEED_TEXTS)) return null;
    allowance.texts--;
    allowance.characters -= text.length;
    codeOf.set(text, codeOf.size + 1);
    return codeOf.size;
  }

  /** @param type `mixed` where the texts of some cells stand for numbers */
  finish(name: string, type: 'text' | 'mixed' = 'text'): DecodedColumn {
    if (this.codes === null) return { name, type: 'free-text', holes: this.holes, first: this.first };
    return { name, type, codes: this.codes.slice(0, this.length), texts: [...this.codeOf.keys()] };
  }
}
