import { guessNumberSyntax, isHole, parseNumber, type NumberSyntax } from './cell';
import type { Column } from './column';
import { profileOfNumbers, profileOfTexts } from './column-profile';
import { GrowingCodes, GrowingNumbers } from './growing-array';
import { GUARANTEED_TEXTS, MAX_CATEGORIES, MAX_TEXT_CHARACTERS, MAX_TEXTS } from './limits';

/** What the texts of all columns of one table may still take; shared by its builders. */
export interface TextBudget {
  texts: number;
  characters: number;
}

export function createTextBudget(): TextBudget {
  return { texts: MAX_TEXTS, characters: MAX_TEXT_CHARACTERS };
}

/** A column where this share of the values are numbers is a column of numbers with mistakes in it. */
export const NUMBER_SHARE = 0.95;

const HOLE = 0;

/**
 * Takes the cells of a column one by one and keeps each different text once. When the texts become too many, it goes on with
 * numbers alone, or for free text with nothing but counts.
 */
export class ColumnBuilder {
  private readonly delimiter: string;
  private readonly budget: TextBudget;
  /** Raw cell to code: raw, so that the usual cell needs no trimming. */
  private codeOf: Map<string, number> | null = new Map();
  private codes: GrowingCodes | null = new GrowingCodes();
  private texts: string[] = [''];
  private counts: number[] = [0];
  private characters = 0;

  private syntax: NumberSyntax = 'point';
  private numbers: GrowingNumbers | null = null;
  private holes = 0;
  private notNumbers = 0;
  private examples: string[] = [];
  private length = 0;

  constructor(delimiter: string, budget: TextBudget) {
    this.delimiter = delimiter;
    this.budget = budget;
  }

  add(cell: string): void {
    this.length++;
    if (this.codeOf === null || this.codes === null) {
      this.addWithoutTexts(cell.trim());
      return;
    }
    const code = this.codeOf.get(cell) ?? this.admit(cell, this.codeOf);
    if (code === null) {
      this.giveUpTexts(this.codes);
      this.addWithoutTexts(cell.trim());
      return;
    }
    this.codes.push(code);
    this.counts[code]!++;
  }

  /** The code of a cell not seen before; null where it would be one too many. */
  private admit(cell: string, codeOf: Map<string, number>): number | null {
    const text = cell.trim();
    const known = isHole(text) ? HOLE : codeOf.get(text);
    const spent = this.budget.texts <= 0 || this.budget.characters < cell.length;
    if (codeOf.size >= MAX_CATEGORIES || (spent && codeOf.size >= GUARANTEED_TEXTS)) return null;
    this.budget.texts--;
    this.budget.characters -= cell.length;
    this.characters += cell.length;
    const code = known ?? this.texts.length;
    if (known === undefined) {
      this.texts.push(ownCopy(text));
      this.counts.push(0);
      codeOf.set(this.texts[code]!, code);
    }
    if (cell !== text || code === HOLE) codeOf.set(ownCopy(cell), code);
    return code;
  }

  private giveUpTexts(codes: GrowingCodes): void {
    this.syntax = guessNumberSyntax(this.texts, this.delimiter);
    const values = this.valuesOfTexts();
    const rows = codes.toArray();
    this.holes = this.counts[HOLE]!;
    this.countNotNumbers(values);
    const present = rows.length - this.holes;
    if (this.notNumbers <= (1 - NUMBER_SHARE) * present) {
      this.numbers = new GrowingNumbers();
      for (const code of rows) this.numbers.push(values[code]!);
    }
    this.budget.texts += this.codeOf!.size;
    this.budget.characters += this.characters;
    this.codeOf = null;
    this.codes = null;
    this.texts = [''];
    this.counts = [0];
  }

  private addWithoutTexts(text: string): void {
    if (isHole(text)) {
      this.holes++;
      this.numbers?.push(NaN);
      return;
    }
    const value = parseNumber(text, this.syntax);
    if (Number.isNaN(value)) {
      this.notNumbers++;
      if (this.examples.length < 3) this.examples.push(ownCopy(text.slice(0, 40)));
    }
    this.numbers?.push(value);
  }

  private valuesOfTexts(): Float64Array {
    return Float64Array.from(this.texts, (text, code) => (code === HOLE ? NaN : parseNumber(text, this.syntax)));
  }

  private countNotNumbers(values: Float64Array): void {
    values.forEach((value, code) => {
      if (code === HOLE || !Number.isNaN(value)) return;
      this.notNumbers += this.counts[code]!;
      if (this.examples.length < 3) this.examples.push(this.texts[code]!.slice(0, 40));
    });
  }

  /** Ends the column; the builder is of no use afterwards. */
  finish(name: string): Column {
    const { length } = this;
    if (this.codes === null) {
      const numbers = this.numbers?.toArray() ?? null;
      const seen = { holes: this.holes, notNumbers: this.notNumbers, examples: this.examples, length };
      const profile = profileOfNumbers(numbers, seen);
      return { name, length, codes: null, texts: [''], counts: [0], values: new Float64Array(1), numbers, profile };
    }
    this.syntax = guessNumberSyntax(this.texts, this.delimiter);
    const values = this.valuesOfTexts();
    this.countNotNumbers(values);
    const profile = profileOfTexts(values, this.counts, this.notNumbers, this.examples);
    const { texts, counts } = this;
    return { name, length, codes: this.codes.toArray(), texts, counts, values, numbers: null, profile };
  }
}

/**
 * A string of its own. V8 cuts long cells as views that keep the whole chunk of the file alive; a round trip through JSON copies.
 */
function ownCopy(text: string): string {
  return text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string);
}
