import { formatNumber, formatPlural } from '../../charts/format';
import type { Column } from './layout';

/** The notes' names: W[ℓ]_jk leads from unit k of the layer before to unit j, both counted from 1. */

/** `W`, `[2]`, `1,3`: base, superscript and subscript of a weight; of a bias without `input`. */
export interface Symbol {
  readonly base: 'W' | 'b';
  readonly layer: number;
  readonly indices: string;
}

export function weightSymbol(layer: number, unit: number, input: number): Symbol {
  return { base: 'W', layer, indices: `${unit + 1},${input + 1}` };
}

export function biasSymbol(layer: number, unit: number): Symbol {
  return { base: 'b', layer, indices: String(unit + 1) };
}

/** In one line, for labels and the undo button: `W[2] 1,3`. */
export function plainSymbol({ base, layer, indices }: Symbol): string {
  return `${base}[${layer}] ${indices}`;
}

/** `2 inputs, 4 units with tanh, 1 unit with sigmoid; 17 parameters.` */
export function describeNetwork(columns: readonly Column[], parameters: number): string {
  const parts = columns.map(({ number, units, activation, between }) =>
    number === 0
      ? formatPlural(units, 'input')
      : [...between, `${formatPlural(units, 'unit')} with ${activation}`].join(', '),
  );
  return `${parts.join(', ')}; ${formatPlural(parameters, 'parameter')}.`;
}

/** What a screen reader says of a unit: `Unit 2 of layer 1, tanh, bias 0.120, weights 0.31 from x1, −1.20 from x2`. */
export function describeUnit(
  { number, activation }: Column,
  unit: number,
  numbers: { readonly bias: number; readonly weights: readonly number[] } | null,
  inputs: readonly string[],
): string {
  const name =
    number === 0 ? `Input ${inputs[unit] ?? unit + 1}` : `Unit ${unit + 1} of layer ${number}, ${activation}`;
  if (numbers === null) return name;
  const weights = numbers.weights.map((weight, input) => `${formatNumber(weight)} from ${inputs[input] ?? input + 1}`);
  return `${name}, bias ${formatNumber(numbers.bias)}, weights ${weights.join(', ')}`;
}
