import type { Catalog, Inspection, LayerSpec, NamedTensor } from '../../../src-worker/api';
import { isEnabled } from '../../../src-worker/experiment/enabled';
import { activationEntry, entryOf } from '../../state/layers';

/** The largest network whose units are drawn one by one: beyond it lines are no longer told apart. */
export const UNITS_LIMIT = { units: 16, connections: 640, columns: 8 };

/** The input or a dense layer, as a column of units. */
export interface Column {
  /** Of the layer in the document, from 1; 0 for the input. */
  readonly number: number;
  readonly units: number;
  /** `tanh`; empty for the input. */
  readonly activation: string;
  /** Layers without units of their own between the column before and this one: `dropout 0.2`. */
  readonly between: readonly string[];
}

/**
 * The columns of a small network of dense layers.
 * @returns null where it has other layers with an image, is too large, or a misfit leaves a shape unknown
 */
export function columnsOf(
  layers: readonly LayerSpec[],
  inspection: Inspection,
  catalog: Catalog,
): readonly Column[] | null {
  const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  const columns: Column[] = [{ number: 0, units: sizeOf(inspection.inputShape), activation: '', between: [] }];
  let between: string[] = [];
  for (const [index, layer] of layers.entries()) {
    const card = inspection.layers[index];
    if (!isEnabled(layer)) continue;
    if ((card?.outputShape ?? null) === null) return null;
    if (layer.kind === 'dense') {
      const activation = activationEntry(layer, catalog)?.label.toLowerCase() ?? '';
      columns.push({ number: index + 1, units: layer.units, activation, between });
      between = [];
    } else if (layer.kind === 'dropout') between.push(`dropout ${layer.rate}`);
    else if (layer.kind === 'batch-norm' || layer.kind === 'flatten') {
      between.push(entryOf(catalog.layers, layer.kind).label.toLowerCase());
    } else return null;
  }
  const connections = columns.slice(1).reduce((sum, { units }, place) => sum + units * columns[place]!.units, 0);
  const fits =
    columns.length > 1 &&
    columns.length <= UNITS_LIMIT.columns &&
    connections <= UNITS_LIMIT.connections &&
    columns.every(({ units }) => units <= UNITS_LIMIT.units);
  // A layer behind the last dense one could not be drawn as an output.
  return fits && between.length === 0 ? columns : null;
}

/** A unit by its column and place in it; `input` where one of its weights is meant. */
export interface Chosen {
  readonly column: number;
  readonly unit: number;
  readonly input?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the units stand. */
export interface Places {
  readonly width: number;
  readonly height: number;
  /** Radius of a unit. */
  readonly radius: number;
  /** By column and unit. */
  readonly units: readonly (readonly Point[])[];
}

const MARGIN = { x: 92, y: 34 };
const COLUMN_GAP = { least: 120, most: 260 };
const UNIT_GAP = { least: 25, most: 64 };

/** Columns from left to right, each in the middle of the height, as wide as there is room. */
export function placeUnits(columns: readonly Column[], room: number): Places {
  const tallest = Math.max(...columns.map(({ units }) => units));
  const gap = clamp(420 / tallest, UNIT_GAP);
  const across = clamp((room - 2 * MARGIN.x) / Math.max(1, columns.length - 1), COLUMN_GAP);
  const height = 2 * MARGIN.y + (tallest - 1) * gap;
  return {
    width: 2 * MARGIN.x + (columns.length - 1) * across,
    height: Math.max(height, 160),
    radius: Math.min(16, gap * 0.38),
    units: columns.map(({ units }, column) =>
      Array.from({ length: units }, (_, unit) => ({
        x: MARGIN.x + column * across,
        y: Math.max(height, 160) / 2 + (unit - (units - 1) / 2) * gap,
      })),
    ),
  };
}

/** A curve that leaves and arrives level. */
export function connection(from: Point, to: Point, radius: number): string {
  const [start, end] = [from.x + radius, to.x - radius];
  const bend = (end - start) * 0.45;
  return `M${round(start)} ${round(from.y)}C${round(start + bend)} ${round(from.y)} ${round(end - bend)} ${round(to.y)} ${round(end)} ${round(to.y)}`;
}

/** Width of a line in pixels: |W| against the largest of the network; what is 0 can still be pointed at. */
export function lineWidth(weight: number, largest: number): number {
  return largest > 0 ? 0.4 + 5.1 * (Math.abs(weight) / largest) : 0.4;
}

/** The largest |W| among the arrays, biases left out; 0 where there are none. */
export function largestWeight(weights: ReadonlyMap<string, NamedTensor> | null): number {
  let most = 0;
  for (const [name, { values }] of weights ?? []) {
    if (name.startsWith('W')) for (const value of values) most = Math.max(most, Math.abs(value));
  }
  return most;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function clamp(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, value));
}
