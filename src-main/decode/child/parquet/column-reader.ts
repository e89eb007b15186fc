import type { DecodedColumn } from '../../../../src-worker/data/decoded/decoded-table';
import { GrowingNumbers } from '../../../../src-worker/data/growing-array';
import { TextCollector, type TextAllowance } from '../text-collector';
import type { TableColumn } from './columns';
import { timeUnitsPerSecond, type LeafKind } from './leaf';

/** Takes the values of one column as the library gives them; null and undefined are holes. */
export interface ColumnReader {
  add(value: unknown): void;
  finish(): DecodedColumn;
  /** Integers beyond 2^53, which a number rounds. */
  readonly rounded: number;
}

class NumberReader implements ColumnReader {
  rounded = 0;
  private readonly name: string;
  private readonly type: 'number' | 'date';
  private readonly convert: (value: number) => number;
  private readonly values = new GrowingNumbers();

  constructor(name: string, type: 'number' | 'date', convert: (value: number) => number = (value) => value) {
    this.name = name;
    this.type = type;
    this.convert = convert;
  }

  add(value: unknown): void {
    if (value === null || value === undefined) {
      this.values.push(NaN);
      return;
    }
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw new Error(`${this.name} holds a ${typeof value} among its numbers`);
    const number = Number(value);
    if (typeof value === 'bigint' && !Number.isSafeInteger(number)) this.rounded++;
    this.values.push(this.convert(number));
  }

  finish(): DecodedColumn {
    const { name, type } = this;
    const values = this.values.toArray();
    return type === 'date' ? { name, type, values } : { name, type, values };
  }
}

class BooleanReader implements ColumnReader {
  readonly rounded = 0;
  private readonly name: string;
  private values = new Uint8Array(64);
  private length = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(value: unknown): void {
    if (this.length === this.values.length) {
      const wider = new Uint8Array(2 * this.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value === null || value === undefined ? 0 : value === true ? 2 : 1;
  }

  finish(): DecodedColumn {
    return { name: this.name, type: 'boolean', values: this.values.slice(0, this.length) };
  }
}

class TextReader implements ColumnReader {
  readonly rounded = 0;
  private readonly name: string;
  private readonly texts: TextCollector;

  constructor(name: string, allowance: TextAllowance) {
    this.name = name;
    this.texts = new TextCollector(allowance);
  }

  add(value: unknown): void {
    if (value !== null && value !== undefined && typeof value !== 'string') {
      throw new Error(`${this.name} holds a ${typeof value} among its texts`);
    }
    this.texts.add(value ?? null);
  }

  finish(): DecodedColumn {
    return this.texts.finish(this.name);
  }
}

/** The library multiplies by a power of ten, which is off by a last bit; no more digits than these survive that anyway. */
const DECIMAL_DIGITS = 15;

const readers: { readonly [K in LeafKind]: (column: TableColumn, allowance: TextAllowance) => ColumnReader } = {
  number: ({ name }) => new NumberReader(name, 'number'),
  decimal: ({ name }) => new NumberReader(name, 'number', (value) => Number(value.toPrecision(DECIMAL_DIGITS))),
  time: ({ name, element }) => {
    const units = timeUnitsPerSecond(element);
    return new NumberReader(name, 'number', (value) => value / units);
  },
  date: ({ name }) => new NumberReader(name, 'date'),
  boolean: ({ name }) => new BooleanReader(name),
  text: ({ name }, allowance) => new TextReader(name, allowance),
};

export function createReader(column: TableColumn, allowance: TextAllowance): ColumnReader {
  return readers[column.kind](column, allowance);
}
