import type { FeatureTransform, Preprocessing } from '../../../src-worker/api';
import { sizeOf } from '../../../src-worker/tensor';
import { addBoolean, addDate, addOneHot, addScaling } from './features';
import type { GraphBuilder } from './graph';
import type { ElementKind } from './proto';

/** An input of the file and the raw columns it takes, for the metadata. */
export interface InputDescription {
  readonly name: string;
  readonly type: 'image' | FeatureTransform['type'];
  readonly columns: readonly string[];
}

/** The network's input `[batch, …inputShape]` inside the graph, and how it is made of what comes in raw. */
export interface PreparedInput {
  readonly x: string;
  readonly inputs: readonly InputDescription[];
}

type NumberTransform = Extract<FeatureTransform, { type: 'number' }>;

/**
 * Puts the preprocessing into the graph, so that the file takes what the table holds: one float tensor `[batch, features]`
 * where all columns are numbers; one input `[batch, 1]` per column where some are not; raw pixels, 0 to 255, for images.
 */
export function addPreprocessing(graph: GraphBuilder, preprocessing: Preprocessing): PreparedInput {
  const { features, pixels, inputShape } = preprocessing;
  if (pixels !== null) return addPixels(graph, pixels, inputShape);
  if (features.every((feature) => feature.type === 'number')) return addNumbers(graph, features);
  return addColumns(graph, features);
}

/** x = (byte − offset[c]) · scale[c]. */
function addPixels(
  graph: GraphBuilder,
  { offset, scale }: NonNullable<Preprocessing['pixels']>,
  shape: Preprocessing['inputShape'],
): PreparedInput {
  const name = graph.input('image', 'float', shape, 'Raw pixels, 0 to 255');
  const pixelsPerChannel = sizeOf(shape) / offset.length;
  // Flat images name no channel, so each pixel gets its own copy; one channel serves every pixel by broadcasting.
  const perChannel = shape.length > 1 ? [offset.length, ...shape.slice(1).map(() => 1)] : null;
  const spread = (values: readonly number[]): Float32Array =>
    perChannel !== null || values.length === 1
      ? Float32Array.from(values)
      : Float32Array.from({ length: sizeOf(shape) }, (_, i) => values[Math.floor(i / pixelsPerChannel)]!);
  const constant = (wanted: string, values: readonly number[]): string => {
    const numbers = spread(values);
    return graph.constant(wanted, perChannel ?? [numbers.length], numbers);
  };
  const shifted = graph.add('Sub', 'scaling/shifted', [name, constant('scaling/offset', offset)]);
  const x = graph.add('Mul', 'scaling/x', [shifted, constant('scaling/scale', scale)]);
  return { x, inputs: [{ name, type: 'image', columns: [] }] };
}

function addNumbers(graph: GraphBuilder, features: readonly NumberTransform[]): PreparedInput {
  const columns = features.map((feature) => feature.column);
  const name = graph.input('features', 'float', [features.length], 'One raw number per column; NaN for a hole');
  return { x: addScaling(graph, name, features), inputs: [{ name, type: 'number', columns }] };
}

/** What comes in of each type, and what it becomes. */
const columns = {
  number: {
    element: 'float',
    meaning: 'Raw numbers; NaN for a hole',
    add: (graph, name, feature) => addScaling(graph, name, [feature]),
  },
  category: {
    element: 'string',
    meaning: 'One of the known categories, or any other text; an empty one for a hole',
    add: addOneHot,
  },
  boolean: { element: 'string', meaning: 'One of two words; an empty text for a hole', add: addBoolean },
  date: {
    element: 'double',
    meaning: 'Days since 1970-01-01 UTC, with the time as fraction; NaN for a hole',
    add: addDate,
  },
} satisfies { readonly [K in FeatureTransform['type']]: ColumnInput<Extract<FeatureTransform, { type: K }>> };

interface ColumnInput<T extends FeatureTransform> {
  readonly element: ElementKind;
  readonly meaning: string;
  /** Adds the inputs of a feature `[batch, inputs]`; null where it has none. */
  readonly add: (graph: GraphBuilder, name: string, feature: T) => string | null;
}

function addColumns(graph: GraphBuilder, features: readonly FeatureTransform[]): PreparedInput {
  const inputs: InputDescription[] = [];
  const made: string[] = [];
  for (const feature of features) {
    const { element, meaning, add } = columns[feature.type] as ColumnInput<FeatureTransform>; // of the feature's own type
    const name = graph.input(feature.column, element, [1], meaning);
    inputs.push({ name, type: feature.type, columns: [feature.column] });
    const x = add(graph, name, feature);
    if (x !== null) made.push(x);
  }
  return { x: graph.add('Concat', 'scaling/x', made, { axis: 1 }), inputs };
}
