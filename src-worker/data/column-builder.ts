import { guessNumberSyntax, isHole, parseNumber, type NumberSyntax } from './cell';
import type { Column } from './column';
import { profileOfNumbers, profileOfTexts } from './column-profile';
import { DecimalScanner } from './decimal';
import { GrowingCodes } from './growing-array';
import { GUARANTEED_TEXTS, MAX_CATEGORIES, MAX_TEXT_CHARACTERS, MAX_TEXTS, MEASURED_TEXTS } from './limits';
import { NumberListBuilder } from './number-list-builder';

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

/** What stands between the digits of each syntax and their decimal places. */
const DECIMAL_SIGN: { readonly [S in NumberSyntax]: number } = {
  point: '.'.charCodeAt(0),
  comma: ','.charCodeAt(0),
  grouped: '.'.charCodeAt(0),
};

/** Most cells of a large table are plain decimals: they are read without a string, a pattern or a map. */
const decimal = new DecimalScanner();

/**
 * Takes the cells of a column one by one and keeps each different text once. When the texts become too many, or are measurements of which
 * hardly one comes twice, it goes on with numbers alone, or for free text with nothing but counts.
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
  private decimalSign = DECIMAL_SIGN.point;
  private numbers: NumberListBuilder | null = null;
  /** So many texts call for another look at whether they are measurements. */
  private nextLook = MEASURED_TEXTS;
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
      this.addWithoutTexts(cell);
      return;
    }
    const code = this.codeOf.get(cell) ?? this.admit(cell, this.codeOf);
    if (code === null) {
      this.giveUpTexts(this.codes);
      this.addWithoutTexts(cell);
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
    if (this.areMeasurements() || codeOf.size >= MAX_CATEGORIES || (spent && codeOf.size >= GUARANTEED_TEXTS))
      return null;
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

  /** Whether there are many texts, nearly all of them numbers, most of which stand in one row only. */
  private areMeasurements(): boolean {
    if (this.texts.length < this.nextLook) return false;
    this.nextLook *= 2;
    if (this.length - this.counts[HOLE]! > 2 * this.texts.length) return false;
    const syntax = guessNumberSyntax(this.texts, this.delimiter);
    const others = this.texts.reduce((sum, text) => sum + (Number.isNaN(parseNumber(text, syntax)) ? 1 : 0), 0);
    return others <= (1 - NUMBER_SHARE) * this.texts.length;
  }

  private giveUpTexts(codes: GrowingCodes): void {
    this.useSyntax();
    const values = this.valuesOfTexts();
    const rows = codes.toArray();
    this.holes = this.counts[HOLE]!;
    this.countNotNumbers(values);
    const present = rows.length - this.holes;
    if (this.notNumbers <= (1 - NUMBER_SHARE) * present) this.numbers = this.numbersOf(rows, values);
    this.budget.texts += this.codeOf!.size;
    this.budget.characters += this.characters;
    this.codeOf = null;
    this.codes = null;
    this.texts = [''];
    this.counts = [0];
  }

  private numbersOf(rows: ArrayLike<number>, values: Float64Array): NumberListBuilder {
    const list = new NumberListBuilder();
    const digits = new Float64Array(values.length);
    const places = Int8Array.from(this.texts, (text, code) => {
      if (!decimal.scan(text, this.decimalSign)) return -1;
      digits[code] = decimal.digits;
      return decimal.places;
    });
    for (let row = 0; row < rows.length; row++) {
      const code = rows[row]!;
      if (places[code] === -1) list.pushNumber(values[code]!);
      else list.pushDecimal(digits[code]!, places[code]!);
    }
    return list;
  }

  private addWithoutTexts(cell: string): void {
    if (decimal.scan(cell, this.decimalSign)) {
      this.numbers?.pushDecimal(decimal.digits, decimal.places);
      return;
    }
    const text = cell.trim();
    if (isHole(text)) {
      this.holes++;
      this.numbers?.pushNumber(NaN);
      return;
    }
    const value = parseNumber(text, this.syntax);
    if (Number.isNaN(value)) {
      this.notNumbers++;
      if (this.examples.length < 3) this.examples.push(ownCopy(text.slice(0, 40)));
    }
    this.numbers?.pushNumber(value);
  }

  private useSyntax(): void {
    this.syntax = guessNumberSyntax(this.texts, this.delimiter);
    this.decimalSign = DECIMAL_SIGN[this.syntax];
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
      const numbers = this.numbers?.finish() ?? null;
      const seen = { holes: this.holes, notNumbers: this.notNumbers, examples: this.examples, length };
      const profile = profileOfNumbers(numbers, seen);
      return { name, length, codes: null, texts: [''], counts: [0], values: new Float64Array(1), numbers, profile };
    }
    this.useSyntax();
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
