import type { Shape } from '../../tensor';

/**
 * How an array is written on the screen, whatever its order in memory, which is always row-major with one row per example:
 * `columns` a batch `[m, …]` with examples as columns, as the notes stack them; `row` one number per example, `[m]`; `planes` images,
 * the last two dimensions as a table; `matrix`, `vector` (a column) and `scalar` as they are.
 */
export type Layout = 'matrix' | 'columns' | 'row' | 'vector' | 'planes' | 'scalar';

/** An array in an equation. */
export interface Operand {
  /** Of `layerlab trace` where it is one of its arrays, such as `W1`; else a name of its own, and a variable in the code. */
  readonly name: string;
  /** KaTeX of the letter, such as `\delta`. */
  readonly symbol: string;
  /** Its superscript, such as `[1]`; empty where it has none. */
  readonly sup: string;
  readonly values: ArrayLike<number>;
  readonly shape: Shape;
  readonly layout: Layout;
  /** A matrix that stands transposed; its indices are still those of the array. */
  readonly transposed?: true;
}

/** One number that is multiplied. */
export interface Factor {
  /** KaTeX, such as `W^{[1]}_{3,2}`. */
  readonly label: string;
  readonly value: number;
  /** Where it stands, if it is an entry of an operand: index in memory order. */
  readonly place?: { readonly name: string; readonly index: number };
}

/** One summand: its value is the product of its factors. */
export interface Term {
  readonly factors: readonly Factor[];
  readonly value: number;
}

/** A piece of a right-hand side: an operand, or KaTeX that stands between two. */
export type Piece = Operand | string;

/** The libraries in which a line is also written. */
export type Library = 'np' | 'torch';

/** One equation of a step with its numbers. */
export interface Line {
  readonly result: Operand;
  readonly right: readonly Piece[];
  /** The same by indices, in KaTeX, where the pieces do not say all. */
  readonly formula?: string;
  /** Entry `index` of the result, in memory order, as a sum: the values of the terms add up to it. */
  explain(index: number): readonly Term[];
  /** An assignment to the result's name; arrays have one row per example, as in a file of `layerlab trace`. */
  code(library: Library): string;
}

export type Phase = 'forward' | 'cost' | 'backward' | 'update';

/** One stop of the step debugger. */
export interface Step {
  /** Unique in its trace, such as `z1`. */
  readonly id: string;
  /** KaTeX, short enough for a chip. */
  readonly chip: string;
  readonly phase: Phase;
  /** Number of the layer; null for the cost and the input. */
  readonly layer: number | null;
  readonly title: string;
  readonly source: string;
  /** Arrays that are given and not worked out: of the first step. */
  readonly given: readonly Operand[];
  /** Worked out on the first look. */
  readonly lines: () => readonly Line[];
  /** The same with the bias as unit 0, Index and Theta notes; null where these write it alike. */
  readonly thetaLines: (() => readonly Line[]) | null;
}

/** KaTeX of the whole array. */
export function latexOf({ symbol, sup, transposed }: Operand): string {
  const up = `${sup}${transposed ? '\\top' : ''}`;
  return up === '' ? symbol : `${symbol}^{${up}}`;
}

/** KaTeX of one entry; indices count from 1, and an example's number stands in brackets above. */
export function entryLatex({ symbol, sup, shape, layout }: Operand, index: number): string {
  const up = (more: string): string => (sup + more === '' ? symbol : `${symbol}^{${sup}${more}}`);
  const example = (size: number): string => (shape[0] === 1 ? '' : `(${Math.floor(index / size) + 1})`);
  const size = shape.slice(1).reduce((product, n) => product * n, 1);
  if (layout === 'scalar') return up('');
  if (layout === 'row') return up(`(${index + 1})`);
  if (layout === 'vector') return `${up('')}_{${index + 1}}`;
  if (layout === 'columns') return `${up(example(size))}_{${(index % size) + 1}}`;
  const places = coordinates(shape, index).map((n) => n + 1);
  if (layout === 'matrix') return `${up('')}_{${places.join(',')}}`;
  // Filters `[f, c, r, s]` have no example in front; a batch of images has.
  return symbol === 'W' || symbol === 'dW'
    ? `${up('')}_{${places.join(',')}}`
    : `${up(example(size))}_{${places.slice(1).join(',')}}`;
}

/** The place of a number in its array, dimension by dimension. */
export function coordinates(shape: Shape, index: number): number[] {
  const places: number[] = [];
  for (let d = shape.length - 1; d >= 0; d--) {
    places.unshift(index % shape[d]!);
    index = Math.floor(index / shape[d]!);
  }
  return places;
}

/** An entry of an operand as a factor. */
export function entry(operand: Operand, index: number): Factor {
  return {
    label: entryLatex(operand, index),
    value: operand.values[index] ?? NaN,
    place: { name: operand.name, index },
  };
}

/** A number that is no entry of an array on the screen. */
export function number(label: string, value: number): Factor {
  return { label, value };
}

export function term(...factors: readonly Factor[]): Term {
  return { factors, value: factors.reduce((product, { value }) => product * value, 1) };
}

/** Each term multiplied by these factors too. */
export function times(terms: readonly Term[], ...factors: readonly Factor[]): Term[] {
  return terms.map((each) => term(...each.factors, ...factors));
}

/** Σ of the terms, in their order. */
export function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, { value }) => sum + value, 0);
}
