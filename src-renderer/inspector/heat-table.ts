import type { NamedTensor } from '../../src-worker/api';

/** The largest layer whose numbers still fit side by side in the inspector. */
export const TABLE_LIMIT = { units: 24, inputs: 6 };

export interface HeatCell {
  readonly value: number;
  /** |value| as a share of the layer's largest, 0 to 1: how strongly the cell is coloured. */
  readonly share: number;
}

export interface HeatTable {
  /** One row for each unit: its weights, then its bias. */
  readonly rows: readonly (readonly HeatCell[])[];
  readonly columns: readonly { readonly text: string; readonly index: number | null }[];
}

/** Two decimals, so that a column reads as one; the few numbers that are too large for it in powers of ten. */
export function formatWeight(value: number): string {
  const text = Math.abs(value) < 1000 ? value.toFixed(2) : value.toExponential(1).replace('e+', 'e');
  return text === '-0.00' ? '0.00' : text.replace('-', '−');
}

/**
 * The weights W `[units, inputs]` and biases b `[units]` of layer `number` as a table.
 * @returns null where the layer has none
 */
export function heatTable(parameters: readonly NamedTensor[], number: number): HeatTable | null {
  const W = parameters.find(({ name }) => name === `W${number}`);
  const b = parameters.find(({ name }) => name === `b${number}`);
  if (W === undefined || b === undefined) return null;
  const [units = 0, inputs = 0] = W.shape;
  const largest = [...W.values, ...b.values].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const cell = (value: number): HeatCell => ({ value, share: largest > 0 ? Math.abs(value) / largest : 0 });
  const rows = Array.from({ length: units }, (_, unit) => [
    ...Array.from(W.values.subarray(unit * inputs, (unit + 1) * inputs), cell),
    cell(b.values[unit] ?? 0),
  ]);
  const weights = Array.from({ length: inputs }, (_, input) => ({ text: 'w', index: input + 1 }));
  return { rows, columns: [...weights, { text: 'b', index: null }] };
}
